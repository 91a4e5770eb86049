import type { Ref } from 'vue'
import { defineList, type Column, type Filter } from '@/components/list/types'
import { presence, presenceOf, uploadState } from '@/components/words'
import { useSession } from '@/session/store'
import { loadCrews, nameOfCrew } from '@/views/crews/options'
import { reveal } from '@/views/people/unmask'
import { useRefusal } from '@/views/people/whole'
import { loadUnits, nameOfUnit } from '@/views/units/options'
import { entryKind, hasPhoto, jobOf, post, sexWords, unitKind, wageOf, workType, type Entry } from './words'

/** What other pages' figures lead to. The rest of the filters are personal data or too fine for a link. */
export const SEEDS = ['kind', 'unit_id', 'unit_kind', 'crew_id', 'post', 'has_photo', 'upload_state'] as const

/** What the tabs above the list choose. */
export type Tab = 'on_site' | 'incomplete' | 'exited' | 'all'

const OF_TAB: Record<Tab, Record<string, string>> = {
  on_site: { presence: 'on_site' },
  incomplete: { presence: 'on_site', completeness: 'incomplete' },
  exited: { presence: 'exited' },
  all: {},
}

/** 【项目花名册】 of one project, or of all the account sees. Names and ID numbers travel in the body. */
export function rosterList(projectId: Readonly<Ref<string>>, tab: Readonly<Ref<Tab>>) {
  const everywhere = projectId.value === ''
  const query = () => OF_TAB[tab.value]
  return defineList<Entry>({
    key: 'roster',
    path: () => (projectId.value ? `/projects/${projectId.value}/roster/search` : '/roster/search'),
    state: 'local',
    seeds: SEEDS,
    body: (filters) => ({ ...query(), ...toBody(filters) }),
    query,
    exportPath: () => (projectId.value ? `/projects/${projectId.value}/roster/export` : '/roster/export'),
    exportLabel: '导出花名册',
    sort: tab.value === 'exited' ? '-exited_on' : '-entered_on',
    // Nobody chooses people with whom they can do nothing.
    ...(tab.value !== 'exited' && useSession().can('manage_roster') && { selectable: (row: Entry) => row.may_manage && !row.exited_on }),
    filters: filtersOf(projectId, tab.value),
    columns: columnsOf(everywhere, tab.value),
    rowActionsWidth: tab.value === 'exited' ? 136 : 196,
    empty: EMPTY[tab.value],
  })
}

const EMPTY: Record<Tab, { title: string; hint: string }> = {
  on_site: { title: '还没有在场人员', hint: '先有参建单位和班组，再点【人员进场】，或用【批量人员进场】导入表格。' },
  incomplete: { title: '没有待完善的人员', hint: '缺工种或工资卡的务工人员会出现在这里，补全前不能考勤。' },
  exited: { title: '还没有人退场', hint: '办理退场的人员会一直保留在这里。' },
  all: { title: '花名册里还没有人', hint: '先有参建单位和班组，再点【人员进场】，或用【批量人员进场】导入表格。' },
}

function filtersOf(projectId: Readonly<Ref<string>>, tab: Tab): Filter[] {
  const everywhere = projectId.value === ''
  const place: Filter[] = everywhere
    ? [
        { key: 'project', label: '项目名称', type: 'text' },
        { key: 'region_code', label: '地区', type: 'region' },
        { key: 'company', label: '参建单位', type: 'text' },
      ]
    : [
        { key: 'unit_id', label: '参建单位', type: 'remote', load: (typed) => loadUnits(projectId.value, typed), nameOf: (id) => nameOfUnit(projectId.value, id) },
        { key: 'crew_id', label: '班组', type: 'remote', load: (typed) => loadCrews(projectId.value, typed), nameOf: (id) => nameOfCrew(projectId.value, id) },
      ]
  const left: Filter[] = tab === 'exited' || tab === 'all' ? [{ key: 'exited', label: '退场日期', type: 'date-range' }] : []
  return [
    { key: 'name', label: '姓名', type: 'text', placeholder: '从姓开始输入' },
    { key: 'id_number', label: '身份证号码', type: 'text', placeholder: '完整的 18 位' },
    { key: 'kind', label: '人员类型', type: 'select', options: entryKind },
    ...place,
    { key: 'unit_kind', label: '参建类型', type: 'select', options: unitKind },
    { key: 'work_type', label: '工种', type: 'select', options: workType },
    { key: 'post', label: '岗位', type: 'select', options: post },
    { key: 'card_number', label: '考勤卡号', type: 'text' },
    { key: 'entered', label: '进场日期', type: 'date-range' },
    ...left,
    { key: 'has_photo', label: '照片', type: 'select', options: hasPhoto },
    { key: 'upload_state', label: '上传状态', type: 'select', options: uploadState },
  ]
}

function toBody({ has_photo: photo, ...filters }: Record<string, string>) {
  return { ...filters, ...(photo && { has_photo: photo === 'true' }) }
}

function columnsOf(everywhere: boolean, tab: Tab): Column<Entry>[] {
  const refusalOf = useRefusal()
  const refusal = (row: Entry) => refusalOf({ unitNames: [row.company_name] })
  const place: Column<Entry>[] = [
    { key: 'project_name', label: '项目', type: 'link', to: (row) => `/projects/${row.project_id}/roster`, minWidth: 200 },
  ]
  const left: Column<Entry>[] = [
    { key: 'exited_on', label: '退场日期', type: 'date', width: 116, sortable: true },
    { key: 'exit_reason', label: '退场原因', minWidth: 150 },
  ]
  return [
    { key: 'name', label: '姓名', minWidth: 190, fixed: 'left', sortable: true },
    ...(everywhere ? place : []),
    ...(tab === 'all' ? [{ key: 'presence', label: '状态', type: 'tag', enum: presence, width: 92, value: presenceOf } as Column<Entry>] : []),
    { key: 'kind', label: '人员类型', type: 'tag', enum: entryKind, width: 104 },
    { key: 'job', label: '工种/岗位', minWidth: 124, value: jobOf },
    { key: 'crew_name', label: '班组', minWidth: 132 },
    { key: 'entered_on', label: '进场日期', type: 'date', width: 112, sortable: true },
    ...(tab === 'exited' || tab === 'all' ? left : []),
    { key: 'id_number', label: '身份证号码', type: 'masked', permission: 'unmask', minWidth: 196, refusal, reveal: (row) => reveal(row.person_id, 'id_number') },
    { key: 'company_name', label: '参建单位', minWidth: 220 },
    { key: 'sex', label: '性别', width: 60, value: (row) => sexWords.label(row.sex) },
    { key: 'age', label: '年龄', width: 78, sortable: true },
    { key: 'phone', label: '手机号码', type: 'masked', permission: 'unmask', minWidth: 150, refusal, reveal: (row) => reveal(row.person_id, 'phone') },
    { key: 'card_number', label: '考勤卡号', type: 'mono', minWidth: 116, sortable: true },
    { key: 'wage', label: '工资结算', minWidth: 140, value: wageOf },
    { key: 'bank_card', label: '工资卡', type: 'mono', minWidth: 180 },
  ]
}
