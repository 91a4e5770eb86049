import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, ref, shallowRef, toValue, watch } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router'
import { api, type Page, type Query } from '@/api'
import { fromParameters, parameterNames, toParameters } from '@/components/list/filters'
import type { ListSpec } from '@/components/list/types'

type Parameters = Record<string, string>

const DEFAULT_PAGE_SIZE = 20

/** Everything a list page does, without its looks: state (in the address), request, selection. */
export function useList<Row>(spec: ListSpec<Row>) {
  const filters = spec.filters ?? []
  const { parameters, write } = spec.state === 'local' ? localState(spec) : addressState(spec)
  const read = (name: string) => parameters.value[name] ?? ''

  const path = computed(() => toValue(spec.path))
  const page = computed(() => positive(read('page'), 1))
  const pageSize = computed(() => positive(read('page_size'), spec.pageSize ?? DEFAULT_PAGE_SIZE))
  const sort = computed(() => read('sort') || (spec.sort ?? ''))
  const applied = computed(() => toParameters(filters, fromParameters(filters, read)))
  const initial = spec.initial ?? {}
  const isFiltered = computed(() => Object.entries(applied.value).some(([name, value]) => initial[name] !== value))

  /** What is in the filter row, not yet asked for. */
  const draft = ref(fromParameters(filters, read))
  watch(applied, () => (draft.value = fromParameters(filters, read)))

  const request = computed<Query>(() => ({
    ...spec.query?.(),
    ...(spec.body ? {} : applied.value),
    page: page.value,
    page_size: pageSize.value,
    sort: sort.value,
  }))

  const query = useQuery({
    queryKey: [spec.key, path, request, applied],
    queryFn: ({ signal }) =>
      spec.body
        ? api.post<Page<Row>>(path.value, spec.body(applied.value), { query: request.value, signal, idempotencyKey: '' })
        : api.get<Page<Row> | Row[]>(path.value, request.value, signal),
    select: (answer: Page<Row> | Row[]) => asPage(answer, spec.keep),
    enabled: () => path.value !== '',
    // The old rows stay, dimmed, while the next page comes: nothing jumps.
    placeholderData: keepPreviousData,
  })

  /** Somebody waits for an answer. Rows that are only kept up to date do not make the button spin. */
  const askedAgain = ref(false)
  const busy = computed(
    () => query.isFetching.value && (query.isPending.value || query.isPlaceholderData.value || askedAgain.value),
  )

  const rows = computed<Row[]>(() => query.data.value?.items ?? [])
  const total = computed(() => query.data.value?.total ?? 0)
  const isCapped = computed(() => query.data.value?.total_capped === true)
  const selected = shallowRef<Row[]>([])
  watch(rows, () => (selected.value = []))

  // Somebody deleted the last row of the last page, or came by an old address.
  watch([rows, total], () => {
    if (rows.value.length === 0 && total.value > 0 && page.value > 1 && !query.isFetching.value) goTo(1)
  })

  function search(): void {
    const next = toParameters(filters, draft.value)
    const same = JSON.stringify(next) === JSON.stringify(applied.value) && page.value === 1
    if (same) {
      askedAgain.value = true
      void query.refetch().finally(() => (askedAgain.value = false))
    }
    else write(clearing(), { ...next })
  }

  function reset(): void {
    draft.value = fromParameters(filters, (name) => initial[name] ?? '')
    write(clearing(), { ...initial })
  }

  function clearing(): string[] {
    return ['page', ...filters.flatMap(parameterNames)]
  }

  function goTo(next: number): void {
    write(['page'], next > 1 ? { page: String(next) } : {})
  }

  function resize(next: number): void {
    write(['page', 'page_size'], { page_size: String(next) })
  }

  function sortBy(next: string): void {
    write(['page', 'sort'], next && next !== spec.sort ? { sort: next } : {})
  }

  const client = useQueryClient()
  const reload = () => client.invalidateQueries({ queryKey: [spec.key] })

  return {
    spec, filters, draft, applied, isFiltered, page, pageSize, sort, request,
    query, busy, rows, total, isCapped, selected, search, reset, goTo, resize, sortBy, reload,
  }
}

export type List<Row> = ReturnType<typeof useList<Row>>

function asPage<Row>(answer: Page<Row> | Row[], keep: (row: Row) => boolean = () => true): Page<Row> {
  if (!Array.isArray(answer)) return answer
  const items = answer.filter(keep)
  return { items, total: items.length, page: 1, page_size: Math.max(items.length, 1) }
}

function positive(text: string, otherwise: number): number {
  const value = Number.parseInt(text, 10)
  return value > 0 ? value : otherwise
}

/** Starts from what led here, and from then on leaves the address alone: what is typed next may be personal data. */
function localState<Row>(spec: ListSpec<Row>) {
  const parameters = ref<Parameters>({ ...spec.initial, ...pick(useRoute().query, spec.seeds ?? []) })
  function write(clear: string[], set: Parameters) {
    const kept = Object.entries(parameters.value).filter(([name]) => !clear.includes(name))
    parameters.value = { ...Object.fromEntries(kept), ...set }
  }
  return { parameters, write }
}

function addressState<Row>(spec: ListSpec<Row>) {
  const route = useRoute()
  const router = useRouter()
  const own = route.path
  const known = ['page', 'page_size', 'sort', ...(spec.filters ?? []).flatMap(parameterNames)]
  const initial = spec.initial ?? {}
  let last: Parameters = initial
  const parameters = computed<Parameters>(() => {
    // On the way to another page this one is still mounted: its state must not follow the new address.
    if (route.path === own) last = { ...initial, ...pick(route.query, known) }
    return last
  })
  function write(clear: string[], set: Parameters) {
    const kept = Object.entries(route.query).filter(([name]) => !clear.includes(name))
    // What a list starts from anyhow is not said, so that 【重置】 leaves a clean address.
    const isInitial = Object.entries(initial).every(([name, value]) => set[name] === value)
    const said = Object.entries(set).filter(([name]) => !(isInitial && name in initial))
    void router.replace({ query: Object.fromEntries([...kept, ...said]) as LocationQueryRaw })
  }
  return { parameters, write }
}

function pick(query: Record<string, unknown>, names: readonly string[]): Parameters {
  const picked: Parameters = {}
  for (const name of names) {
    const value = query[name]
    if (typeof value === 'string') picked[name] = value
  }
  return picked
}
