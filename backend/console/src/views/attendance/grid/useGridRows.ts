import { computed, onBeforeUnmount, ref, shallowReactive, watch, type Ref } from 'vue'
import { api, asApiError, type ApiError, type Page } from '@/api'

/** As many rows as one request brings: a hundred people's month is some tens of kilobytes. */
export const CHUNK = 100

/**
 * The rows of a list that is scrolled instead of paged. They come in chunks as they are scrolled to; `rowAt` is nothing
 * while a row is on its way.
 */
export function useGridRows<Row>(path: Readonly<Ref<string>>, body: Readonly<Ref<Record<string, string>>>, sort: Readonly<Ref<string>>) {
  const chunks = shallowReactive(new Map<number, Row[]>())
  const total = ref(0)
  const error = ref<ApiError | null>(null)
  const loading = ref(0)
  const settled = ref(false)
  const asked = new Set<number>()
  let abort = new AbortController()

  async function load(chunk: number): Promise<void> {
    if (asked.has(chunk) || path.value === '') return
    asked.add(chunk)
    loading.value += 1
    const { signal } = abort
    try {
      const query = { page: chunk + 1, page_size: CHUNK, sort: sort.value }
      const page = await api.post<Page<Row>>(path.value, body.value, { query, signal, idempotencyKey: '' })
      if (signal.aborted) return
      // The first answer of another question replaces the rows of the one before only now, so nothing flickers.
      if (!settled.value) chunks.clear()
      chunks.set(chunk, page.items)
      total.value = page.total
      error.value = null
      settled.value = true
    } catch (cause) {
      if (signal.aborted) return
      asked.delete(chunk)
      error.value = asApiError(cause)
    } finally {
      if (!signal.aborted) loading.value -= 1
    }
  }

  /** Asks anew: for other filters, another month, or the same once more. */
  function restart(): void {
    abort.abort()
    abort = new AbortController()
    asked.clear()
    loading.value = 0
    settled.value = false
    error.value = null
    void load(0)
  }

  /** Called with what is in sight. */
  function ensure(first: number, last: number): void {
    if (!settled.value) return
    for (let chunk = Math.floor(first / CHUNK); chunk <= Math.floor(last / CHUNK); chunk += 1) void load(chunk)
  }

  const rowAt = (at: number): Row | undefined => chunks.get(Math.floor(at / CHUNK))?.[at % CHUNK]

  watch([path, body, sort], restart, { immediate: true })
  onBeforeUnmount(() => abort.abort())

  return {
    total, error, settled, rowAt, ensure, restart,
    /** There are no rows yet, of this question or the one before. */
    pending: computed(() => !settled.value && chunks.size === 0 && error.value === null),
    /** The rows on the screen still answer the question before. */
    stale: computed(() => !settled.value && chunks.size > 0),
    busy: computed(() => loading.value > 0),
  }
}
