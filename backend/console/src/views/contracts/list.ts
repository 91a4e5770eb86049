import type { Ref } from 'vue'
import { defineList, type Column, type Filter } from '@/components/list/types'
import { loadCrews, nameOfCrew } from '@/views/crews/options'
import { entryKind, jobOf, workType } from '@/views/roster/words'
import { loadUnits, nameOfUnit } from '@/views/units/options'
import { contractState, levelWords, priceOf, standing, stateOf, termOf, termWords, type Contract, type Tab, type Unsigned } from './words'

/** What other pages' figures lead to. */
export const SEEDS = ['level', 'kind', 'standing'] as const

const pathTo = (projectId: string, rest: string) => (projectId ? `/projects/${projectId}/contracts/${rest}` : `/contracts/${rest}`)

/** 【未签约】: those on site without a contract, the longest first. */
export function unsignedList(projectId: Readonly<Ref<string>>) {
  return defineList<Unsigned>({
    key: 'contracts',
    rowKey: 'entry_id',
    path: () => pathTo(projectId.value, 'unsigned'),
    state: 'local',
    seeds: SEEDS,
    sort: 'since',
    body: (filters) => ({ ...filters, unsigned: true }),
    exportPath: () => pathTo(projectId.value, 'export'),
    filters: [{ key: 'level', label: '预警', type: 'select', options: levelWords }, ...people(projectId)],
    columns: [
      { key: 'name', label: '姓名', minWidth: 150, fixed: 'left', sortable: true },
      ...project<Unsigned>(projectId),
      { key: 'level', label: '预警', width: 112 },
      { key: 'since', label: '未签情况', minWidth: 218, sortable: true },
      ...somebody<Unsigned>(),
      { key: 'terms', label: '花名册结算', minWidth: 140, value: (row) => priceOf(row.terms) },
    ],
    rowActionsWidth: 88,
    empty: { title: '没有未签约的人员', hint: '在场人员都已上传劳动合同。新进场的人员会出现在这里。' },
  })
}

/** 【履约中】 and 【已解约】. */
export function contractList(projectId: Readonly<Ref<string>>, tab: Tab) {
  const ended = tab === 'terminated'
  const only: Filter[] = ended ? [] : [{ key: 'standing', label: '是否到期', type: 'select', options: standing }]
  const end: Column<Contract>[] = [
    { key: 'terminated_on', label: '解约日期', type: 'date', width: 116, sortable: true },
    { key: 'termination_reason', label: '解约原因', minWidth: 170 },
  ]
  return defineList<Contract>({
    key: 'contracts',
    path: () => pathTo(projectId.value, 'search'),
    state: 'local',
    seeds: SEEDS,
    sort: ended ? '-terminated_on' : '-created_at',
    body: (filters) => ({ standing: tab, ...filters }),
    exportPath: () => pathTo(projectId.value, 'export'),
    filters: [
      ...only,
      { key: 'term_kind', label: '合同期限', type: 'select', options: termWords },
      ...people(projectId),
      { key: 'signed', label: '签订日期', type: 'date-range' },
    ],
    columns: [
      { key: 'name', label: '姓名', minWidth: 150, fixed: 'left', sortable: true },
      ...project<Contract>(projectId),
      { key: 'state', label: '状态', type: 'tag', enum: contractState, width: 96, value: stateOf },
      { key: 'term_kind', label: '合同期限', minWidth: 190, value: (row) => termWords.label(row.term_kind) },
      { key: 'starts_on', label: '起止日期', minWidth: 250, sortable: true, value: termOf },
      { key: 'price', label: '结算与单价', minWidth: 144, value: priceOf },
      { key: 'signed_on', label: '签订日期', type: 'date', width: 116, sortable: true },
      ...(ended ? end : []),
      ...somebody<Contract>(),
    ],
    rowActionsWidth: ended ? 76 : 268,
    empty: ended
      ? { title: '没有已解约的合同', hint: '解约的合同和扫描件一直保留在这里。' }
      : { title: '还没有劳动合同', hint: '在【未签约】中找到人员，点【上传】，填写合同并上传扫描件。' },
  })
}

function people(projectId: Readonly<Ref<string>>): Filter[] {
  const place: Filter[] =
    projectId.value === ''
      ? [
          { key: 'project', label: '项目名称', type: 'text' },
          { key: 'region_code', label: '地区', type: 'region' },
          { key: 'company', label: '参建单位', type: 'text' },
        ]
      : [
          { key: 'unit_id', label: '参建单位', type: 'remote', load: (typed) => loadUnits(projectId.value, typed), nameOf: (id) => nameOfUnit(projectId.value, id) },
          { key: 'crew_id', label: '班组', type: 'remote', load: (typed) => loadCrews(projectId.value, typed), nameOf: (id) => nameOfCrew(projectId.value, id) },
        ]
  return [
    { key: 'name', label: '姓名', type: 'text', placeholder: '从姓开始输入' },
    { key: 'id_number', label: '身份证号码', type: 'text', placeholder: '完整的 18 位' },
    { key: 'kind', label: '人员类型', type: 'select', options: entryKind },
    ...place,
    { key: 'work_type', label: '工种', type: 'select', options: workType },
  ]
}

interface OfProject { project_id: string; project_name: string }
interface OfSomebody { kind: string; work_type?: string | null; post?: string | null; crew_name: string; company_name: string; entered_on: string; id_number: string }

function project<Row extends OfProject>(projectId: Readonly<Ref<string>>): Column<Row>[] {
  if (projectId.value !== '') return []
  return [{ key: 'project_name', label: '项目', type: 'link', to: (row) => `/projects/${row.project_id}/contracts`, minWidth: 190 }]
}

function somebody<Row extends OfSomebody>(): Column<Row>[] {
  return [
    { key: 'kind', label: '人员类型', type: 'tag', enum: entryKind, width: 104 },
    { key: 'job', label: '工种/岗位', minWidth: 120, value: (row) => jobOf({ post: row.post ?? null, work_type: row.work_type ?? null }) },
    { key: 'crew_name', label: '班组', minWidth: 128 },
    { key: 'company_name', label: '参建单位', minWidth: 200 },
    { key: 'entered_on', label: '进场日期', type: 'date', width: 112, sortable: true },
    { key: 'id_number', label: '身份证号码', type: 'mono', minWidth: 176 },
  ]
}
