import type { Schema } from '@/api'
import { dictionary } from '@/components/dictionary'
import { defineList, type Column, type Filter } from '@/components/list/types'
import { presence, presenceOf, uploadState } from '@/components/words'
import type { useSite } from '@/composables/useSite'

export type Unit = Schema<'Unit'>

export const unitKind = dictionary('unit_kinds')

/** Of one project, or of every project the account sees. */
export function unitList({ projectId, pageOf }: Pick<ReturnType<typeof useSite>, 'projectId' | 'pageOf'>) {
  const everywhere = projectId.value === ''
  const ofProject: Column<Unit>[] = everywhere
    ? [
        { key: 'project_name', label: '项目', type: 'link', to: (row) => `/projects/${row.project_id}/units`, minWidth: 200, fixed: 'left' },
        { key: 'region_name', label: '地区', minWidth: 180 },
      ]
    : []
  const projectFilters: Filter[] = everywhere
    ? [
        { key: 'project', label: '项目名称', type: 'text' },
        { key: 'region_code', label: '地区', type: 'region' },
      ]
    : []
  const crewsOf = (row: Unit) =>
    row.crews_on_site > 0 ? `${pageOf(row.project_id, 'crews')}?company=${encodeURIComponent(row.company_name)}&unit_kind=${row.kind}&presence=on_site` : undefined
  const peopleOf = (row: Unit) => (row.people_on_site > 0 ? `${pageOf(row.project_id, 'roster')}?unit_id=${row.id}` : undefined)
  return defineList<Unit>({
    key: 'units',
    path: () => (projectId.value ? `/projects/${projectId.value}/units` : '/units'),
    query: () => (projectId.value ? { project_id: projectId.value } : {}),
    exportPath: '/units/export',
    sort: '-created_at',
    filters: [
      ...projectFilters,
      { key: 'company', label: '企业名称', type: 'text', placeholder: '名称或信用代码' },
      { key: 'kind', label: '参建类型', type: 'select', options: unitKind },
      { key: 'presence', label: '状态', type: 'select', options: presence },
      { key: 'upload_state', label: '上传状态', type: 'select', options: uploadState },
    ],
    columns: [
      ...ofProject,
      { key: 'company_name', label: '企业名称', minWidth: 230, ...(!everywhere && { fixed: 'left' as const }) },
      { key: 'credit_code', label: '统一社会信用代码', type: 'mono', width: 180 },
      { key: 'kind', label: '参建类型', width: 112, value: (row) => row.kind_name, sortable: true },
      { key: 'presence', label: '状态', type: 'tag', enum: presence, width: 92, value: presenceOf },
      { key: 'crews_on_site', label: '在场班组', type: 'link', width: 90, align: 'right', to: crewsOf },
      { key: 'people_on_site', label: '在场人数', type: 'link', width: 90, align: 'right', to: peopleOf },
      { key: 'contact_name', label: '联系人', width: 90 },
      { key: 'contact_phone', label: '联系电话', type: 'mono', width: 130 },
      { key: 'entered_on', label: '进场日期', type: 'date', width: 116, sortable: true },
      { key: 'exited_on', label: '退场日期', type: 'date', width: 116, sortable: true },
      { key: 'upload_state', label: '上传状态', type: 'tag', enum: uploadState, width: 104 },
    ],
    rowActionsWidth: 190,
    empty: everywhere
      ? { title: '还没有参建单位', hint: '项目登记参建单位后，会显示在这里。' }
      : { title: '还没有参建单位', hint: '先添加总承包单位、监理单位等，再建班组、安排人员进场。' },
  })
}
