import type { Ref } from 'vue'
import { api, type Page, type Schema } from '@/api'
import { defineList, type Column, type Filter } from '@/components/list/types'
import { useSession } from '@/session/store'
import { loadCrews, nameOfCrew } from '@/views/crews/options'
import { entryKind } from '@/views/roster/words'
import { originWords, standingWords, type Registration } from './words'

/** What the figures above the list choose. */
export const TABS = ['to_submit', 'submitted', 'refused', 'approved'] as const
export type Tab = (typeof TABS)[number]

const EMPTY: Record<Tab, { title: string; hint: string }> = {
  to_submit: { title: '没有待提交的登记', hint: '工人扫码后还没填完的，和已登记但还没采集人脸的，会列在这里。' },
  submitted: { title: '没有待审核的登记', hint: '工人扫码提交、或项目部提交的登记会出现在这里，审核通过后进入花名册。' },
  refused: { title: '没有未通过的登记', hint: '退回的登记会列在这里，本人修改后可重新提交。' },
  approved: { title: '还没有通过的登记', hint: '审核通过的人员会列在这里，并已进入花名册。' },
}

async function loadProjects(search: string) {
  const page = await api.get<Page<Schema<'ProjectRow'>>>('/projects', { search, page_size: 20 })
  return page.items.map((project) => ({ value: project.id, label: project.name }))
}

const nameOfProject = async (id: string) => (await api.get<Schema<'ProjectView'>>(`/projects/${id}`)).name

/** 【项目人员登记绑定审核】 of one project, or of all the account sees. Names and ID numbers travel in the body. */
export function registrationList(projectId: Readonly<Ref<string>>, tab: Readonly<Ref<Tab>>) {
  const everywhere = projectId.value === ''
  const session = useSession()
  return defineList<Registration>({
    key: 'registrations',
    path: '/registrations/search',
    state: 'local',
    body: (filters) => ({ tab: tab.value, ...(projectId.value && { project_id: projectId.value }), ...filters }),
    sort: tab.value === 'approved' ? '-decided_at' : tab.value === 'submitted' ? 'submitted_at' : '-updated_at',
    ...(tab.value === 'submitted' && session.can('manage_roster') && { selectable: (row: Registration) => row.may_decide }),
    filters: filtersOf(projectId, everywhere),
    columns: columnsOf(everywhere, tab.value),
    rowActionsWidth: tab.value === 'submitted' ? 186 : tab.value === 'to_submit' ? 226 : 76,
    empty: EMPTY[tab.value],
  })
}

function filtersOf(projectId: Readonly<Ref<string>>, everywhere: boolean): Filter[] {
  return [
    { key: 'name', label: '姓名', type: 'text' },
    { key: 'id_number', label: '身份证号码', type: 'text', placeholder: '完整的 18 位' },
    ...(everywhere
      ? ([
          { key: 'project_id', label: '项目', type: 'remote', load: loadProjects, nameOf: nameOfProject },
          { key: 'region_code', label: '地区', type: 'region' },
        ] satisfies Filter[])
      : ([
          { key: 'crew_id', label: '班组', type: 'remote', load: (typed) => loadCrews(projectId.value, typed), nameOf: (id) => nameOfCrew(projectId.value, id) },
        ] satisfies Filter[])),
    { key: 'kind', label: '人员类型', type: 'select', options: entryKind },
    { key: 'face_standing', label: '人脸比对', type: 'select', options: standingWords },
    { key: 'origin', label: '登记方式', type: 'select', options: originWords },
  ]
}

function columnsOf(everywhere: boolean, tab: Tab): Column<Registration>[] {
  const OF_TAB: Record<Tab, Column<Registration>[]> = {
    to_submit: [
      { key: 'missing', label: '还缺', minWidth: 180 },
      { key: 'updated_at', label: '最近更新', type: 'datetime', width: 150, sortable: true },
    ],
    submitted: [{ key: 'submitted_at', label: '提交时间', type: 'datetime', width: 150, sortable: true }],
    refused: [
      { key: 'reason', label: '原因', minWidth: 220 },
      { key: 'decided_by', label: '审核人', width: 112 },
      { key: 'decided_at', label: '审核时间', type: 'datetime', width: 150, sortable: true },
    ],
    approved: [
      { key: 'decided_by', label: '审核人', width: 112 },
      { key: 'decided_at', label: '审核时间', type: 'datetime', width: 150, sortable: true },
    ],
  }
  return [
    { key: 'faces', label: '人脸 / 证件照', width: 218 },
    { key: 'name', label: '姓名', minWidth: 186, sortable: true },
    ...(everywhere ? ([{ key: 'project_name', label: '项目', minWidth: 170 }] satisfies Column<Registration>[]) : []),
    { key: 'crew_name', label: '班组与岗位', minWidth: 176 },
    { key: 'phone', label: '手机号码', type: 'mono', width: 128 },
    { key: 'origin', label: '登记方式', type: 'tag', enum: originWords, width: 104 },
    ...OF_TAB[tab],
  ]
}
