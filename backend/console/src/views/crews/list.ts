import type { Ref } from 'vue'
import type { Schema } from '@/api'
import { dictionary } from '@/components/dictionary'
import { defineEnum } from '@/components/enum'
import { defineList, type Column, type Filter } from '@/components/list/types'
import { presence, presenceOf, uploadState } from '@/components/words'
import type { useSite } from '@/composables/useSite'

export type Crew = Schema<'Crew'>
/** 管理班组, which come by themselves, and those that people make. */
export type Group = Schema<'CrewGroup'>

export const workType = dictionary('work_types')
const unitKind = dictionary('unit_kinds')

export const madeKind = defineEnum({
  workers: { label: '工人班组', tone: 'primary' },
  others: { label: '其他人员', tone: 'warning' },
})

/** The way from a crew to its people, if there are any. */
export function peopleIn(crew: Crew, pageOf: ReturnType<typeof useSite>['pageOf']): string | undefined {
  return crew.people_on_site > 0 ? `${pageOf(crew.project_id, 'roster')}?crew_id=${crew.id}` : undefined
}

/** Of one project, or of every project the account sees. */
export function crewList({ projectId, pageOf }: Pick<ReturnType<typeof useSite>, 'projectId' | 'pageOf'>, group: Readonly<Ref<Group>>) {
  const everywhere = projectId.value === ''
  return defineList<Crew>({
    key: 'crews',
    path: () => (projectId.value ? `/projects/${projectId.value}/crews` : '/crews'),
    query: () => ({ group: group.value, ...(projectId.value && { project_id: projectId.value }) }),
    exportPath: '/crews/export',
    sort: '-number',
    filters: filtersOf(everywhere, group.value),
    columns: columnsOf(everywhere, group.value, (row) => peopleIn(row, pageOf)),
    rowActionsWidth: group.value === 'made' ? 216 : 104,
    empty:
      group.value === 'management'
        ? { title: '还没有管理班组', hint: '添加参建单位后，它的管理班组会自动出现在这里。' }
        : { title: '还没有工人班组', hint: everywhere ? '项目建立班组后，会显示在这里。' : '先添加参建单位，再点【新增班组】。人员只能进入在场的班组。' },
  })
}

function filtersOf(everywhere: boolean, group: Group): Filter[] {
  const place: Filter[] = [
    { key: 'project', label: '项目名称', type: 'text' },
    { key: 'region_code', label: '地区', type: 'region' },
  ]
  const made: Filter[] = [
    { key: 'name', label: '班组名称', type: 'text' },
    { key: 'work_type', label: '工种', type: 'select', options: workType },
  ]
  return [
    ...(everywhere ? place : []),
    ...(group === 'made' ? made : []),
    { key: 'company', label: '企业名称', type: 'text' },
    { key: 'unit_kind', label: '参建类型', type: 'select', options: unitKind },
    { key: 'presence', label: '状态', type: 'select', options: presence },
    { key: 'upload_state', label: '上传状态', type: 'select', options: uploadState },
  ]
}

function columnsOf(everywhere: boolean, group: Group, peopleOf: (row: Crew) => string | undefined): Column<Crew>[] {
  const place: Column<Crew>[] = [
    { key: 'project_name', label: '项目', type: 'link', to: (row) => `/projects/${row.project_id}/crews`, minWidth: 200, fixed: 'left' },
    { key: 'region_name', label: '地区', minWidth: 180 },
  ]
  const made: Column<Crew>[] = [
    { key: 'kind', label: '班组类型', type: 'tag', enum: madeKind, width: 104 },
    { key: 'work_type', label: '工种', minWidth: 110, value: (row) => row.work_type_name, sortable: true },
    { key: 'leader_name', label: '班组长', width: 90 },
    { key: 'leader_phone', label: '班组长电话', type: 'mono', width: 130 },
  ]
  return [
    ...(everywhere ? place : []),
    { key: 'name', label: '班组名称', minWidth: 150, sortable: true, ...(!everywhere && { fixed: 'left' as const }) },
    { key: 'people_on_site', label: '施工人员', type: 'link', width: 92, align: 'right', value: (row) => `${row.people_on_site} 人`, to: peopleOf },
    { key: 'presence', label: '状态', type: 'tag', enum: presence, width: 92, value: presenceOf },
    ...(group === 'made' ? made : []),
    { key: 'company_name', label: '参建单位', minWidth: 220 },
    { key: 'unit_kind_name', label: '参建类型', width: 112 },
    { key: 'entered_on', label: '进场日期', type: 'date', width: 116, sortable: true },
    { key: 'exited_on', label: '退场日期', type: 'date', width: 116, sortable: true },
    { key: 'upload_state', label: '上传状态', type: 'tag', enum: uploadState, width: 104 },
  ]
}
