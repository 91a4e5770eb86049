import type { Ref } from 'vue'
import { api, type Page, type Schema } from '@/api'
import { defineList, type Column, type Filter } from '@/components/list/types'
import { decisionWords, formatDistance, kindWords, outcomeWords, verdictWords, type Comparison } from './words'

/** What the figures above the list choose. */
export const TABS = ['open', 'one_to_one', 'duplicate', 'punch', 'decided', 'outdated'] as const
export type Tab = (typeof TABS)[number]

const OF_TAB: Record<Tab, Record<string, string>> = {
  open: { state: 'open' },
  one_to_one: { state: 'open', kind: 'one_to_one' },
  duplicate: { state: 'open', kind: 'duplicate' },
  punch: { state: 'open', kind: 'punch' },
  decided: { state: 'decided' },
  outdated: { state: 'outdated' },
}

const EMPTY: Partial<Record<Tab, { title: string; hint: string }>> = {
  decided: { title: '还没有核对过的比对', hint: '核对后的结论、原因和核对人都保留在这里。' },
  outdated: { title: '没有已失效的比对', hint: '照片在核对之前被替换，或到期删除的，会列在这里。' },
}

async function loadProjects(search: string) {
  const page = await api.get<Page<Schema<'ProjectRow'>>>('/projects', { search, page_size: 20 })
  return page.items.map((project) => ({ value: project.id, label: project.name }))
}

const nameOfProject = async (id: string) => (await api.get<Schema<'ProjectView'>>(`/projects/${id}`)).name

/** 【人脸比对待核】. `person` narrows it down to the comparisons of one. */
export function comparisonList(tab: Readonly<Ref<Tab>>, person: Readonly<Ref<string>>, severalProjects: boolean) {
  const settled = tab.value === 'decided' || tab.value === 'outdated'
  const filters: Filter[] = [
    ...(settled ? [{ key: 'kind', label: '比对类型', type: 'select', options: kindWords } as Filter] : []),
    ...(tab.value === 'decided' ? [{ key: 'decision', label: '核对结论', type: 'select', options: decisionWords } as Filter] : []),
    ...(tab.value === 'duplicate' ? [] : [{ key: 'verdict', label: '系统判断', type: 'select', options: verdictWords } as Filter]),
    ...(severalProjects ? [{ key: 'project_id', label: '项目', type: 'remote', load: loadProjects, nameOf: nameOfProject } as Filter] : []),
    { key: 'made', label: '比对日期', type: 'date-range', names: ['from', 'to'] },
  ]
  return defineList<Comparison>({
    key: 'face-comparisons',
    path: '/face-comparisons',
    sort: '-created_at',
    query: () => ({ ...OF_TAB[tab.value], ...(person.value && { person_id: person.value }) }),
    filters,
    columns: columnsOf(settled, severalProjects),
    rowActionsWidth: 76,
    empty: EMPTY[tab.value] ?? { title: '没有待核对的比对', hint: '人脸与证件照不够一致，或与其他人员相似时，会在这里等候核对。' },
  })
}

function columnsOf(settled: boolean, severalProjects: boolean): Column<Comparison>[] {
  return [
    { key: 'kind', label: '比对类型', type: 'tag', enum: kindWords, width: 132 },
    { key: 'subject', label: '人员', minWidth: 146 },
    { key: 'other', label: '与谁比对', minWidth: 146 },
    { key: 'distance', label: '距离', width: 146, sortable: true, value: (row) => formatDistance(row.distance) },
    { key: 'verdict', label: '系统判断', type: 'tag', enum: verdictWords, width: 96 },
    ...(settled ? SETTLED : []),
    ...(severalProjects && !settled ? ([{ key: 'project_name', label: '项目', minWidth: 150 }] satisfies Column<Comparison>[]) : []),
    ...(settled ? [] : ([{ key: 'created_at', label: '比对时间', type: 'datetime', width: 150, sortable: true }] satisfies Column<Comparison>[])),
  ]
}

const SETTLED: Column<Comparison>[] = [
  { key: 'outcome', label: '结论', minWidth: 146, value: outcomeWords },
  { key: 'decided_by', label: '核对人', width: 112, value: (row) => row.decided_by ?? (row.decided_at ? '系统' : '') },
  { key: 'decided_at', label: '核对时间', type: 'datetime', width: 146, sortable: true },
]
