import { computed, ref, watch } from 'vue'
import { useRoute } from 'vue-router'
import { fromParameters, toParameters } from '@/components/list/filters'
import { defineList, type Filter } from '@/components/list/types'
import { useExport } from '@/composables/useExport'
import { useProject } from '@/composables/useProject'
import { thisMonth } from '../days'
import { peopleFilters } from '../filters'
import type { MonthRow } from '../types'
import { useGridRows } from './useGridRows'

const SEEDS = ['month', 'crew_id', 'unit_id', 'kind', 'presence']

/** Filters, rows and export of a month grid. Like a local list: what is typed may be personal data and stays here. */
export function useGridPage(exportLabel: string) {
  const route = useRoute()
  const { projectId } = useProject()
  const filters: Filter[] = [{ key: 'month', label: '月份', type: 'month', required: true }, ...peopleFilters(projectId)]
  const seeds = Object.fromEntries(SEEDS.map((name) => [name, route.query[name]]).filter(([, value]) => typeof value === 'string'))
  const applied = ref<Record<string, string>>({ month: thisMonth(), ...seeds })
  const read = () => fromParameters(filters, (name) => applied.value[name] ?? '')
  const draft = ref(read())
  const sort = ref('crew_name')

  const path = computed(() => (projectId.value ? `/projects/${projectId.value}/attendance/months/search` : ''))
  const rows = useGridRows<MonthRow>(path, applied, sort)
  const spec = defineList<MonthRow>({
    key: 'attendance-months',
    path: () => path.value,
    body: (values) => values,
    exportPath: () => `/projects/${projectId.value}/attendance/months/export`,
    exportLabel,
    columns: [],
    empty: { title: '', hint: '' },
  })
  /** Of the rows on the screen: another month's days must not stand above the old rows while the new ones come. */
  const month = ref(thisMonth())
  watch(rows.settled, (now) => now && (month.value = applied.value['month'] ?? thisMonth()), { flush: 'sync' })
  const exporting = useExport(spec, applied, sort)

  function search(): void {
    const next = toParameters(filters, draft.value)
    if (JSON.stringify(next) === JSON.stringify(applied.value)) rows.restart()
    else applied.value = next
  }

  function reset(): void {
    applied.value = { month: thisMonth() }
    draft.value = read()
  }

  return {
    projectId, filters, draft, rows, exporting, exportLabel, search, reset,
    month,
    isFiltered: computed(() => Object.keys(applied.value).length > 1),
  }
}
