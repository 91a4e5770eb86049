import type { Ref } from 'vue'
import { today } from '@/components/format'
import { defineList, type Column } from '@/components/list/types'
import { reveal } from '@/views/people/unmask'
import { useRefusal } from '@/views/people/whole'
import { entryKind, jobOf } from '@/views/roster/words'
import { thisMonth } from './days'
import { peopleFilters, SEEDS } from './filters'
import type { Somebody, DayRow, MonthRow } from './types'
import { clockOf, dayState, durationOf } from './words'

type Place = Readonly<Ref<string>>

function who<Row extends Somebody>(): Column<Row>[] {
  return [
    { key: 'name', label: '姓名', minWidth: 150, fixed: 'left', sortable: true },
    { key: 'crew_name', label: '班组', minWidth: 130, sortable: true },
    { key: 'job', label: '工种/岗位', minWidth: 110, value: jobOf },
  ]
}

/** What else there is to know of them stands behind the figures. */
function more<Row extends Somebody>(): Column<Row>[] {
  return [
    { key: 'company_name', label: '参建单位', minWidth: 240 },
    { key: 'kind', label: '人员类型', type: 'tag', enum: entryKind, width: 104 },
    idNumber<Row>(),
  ]
}

function idNumber<Row extends Somebody>(): Column<Row> {
  const refusalOf = useRefusal()
  return {
    key: 'id_number', label: '身份证号', type: 'masked', permission: 'unmask', minWidth: 196,
    reveal: (row) => reveal(row.person_id, 'id_number'),
    refusal: (row) => refusalOf({ unitNames: [row.company_name] }),
  }
}

/** 【打卡统计】 of one day: everybody who was on the roster, and what their punches come to. */
export function dayList(projectId: Place, day: () => string) {
  return defineList<DayRow>({
    key: 'attendance-days',
    rowKey: 'entry_id',
    path: () => (projectId.value ? `/projects/${projectId.value}/attendance/days/search` : ''),
    state: 'local',
    initial: { day: today() },
    seeds: SEEDS,
    body: (filters) => filters,
    exportPath: () => `/projects/${projectId.value}/attendance/days/export`,
    exportLabel: '导出数据',
    filters: [{ key: 'day', label: '日期', type: 'date', required: true }, ...peopleFilters(projectId)],
    columns: [
      ...who<DayRow>(),
      { key: 'state', label: '状态', type: 'tag', enum: dayState, width: 88 },
      { key: 'first_at', label: '首次打卡', width: 108, sortable: true, value: (row) => clockOf(row.first_at, day()) },
      { key: 'last_at', label: '末次打卡', width: 108, sortable: true, value: (row) => clockOf(row.last_at, day()) },
      { key: 'count', label: '次数', type: 'number', width: 86, sortable: true },
      { key: 'minutes', label: '时长', width: 116, align: 'right', sortable: true, value: (row) => (row.minutes > 0 ? durationOf(row.minutes) : '') },
      ...more<DayRow>(),
    ],
    rowActionsWidth: 92,
    empty: { title: '这一天没有应出勤的人员', hint: '人员进场后，从进场当日起会出现在这里。' },
  })
}

/** 【打卡统计】 of one month. */
export function monthList(projectId: Place) {
  return defineList<MonthRow>({
    key: 'attendance-months',
    rowKey: 'entry_id',
    path: () => (projectId.value ? `/projects/${projectId.value}/attendance/months/search` : ''),
    state: 'local',
    initial: { month: thisMonth() },
    seeds: SEEDS,
    body: (filters) => filters,
    exportPath: () => `/projects/${projectId.value}/attendance/months/export`,
    exportLabel: '导出数据',
    filters: [{ key: 'month', label: '月份', type: 'month', required: true }, ...peopleFilters(projectId)],
    columns: [
      ...who<MonthRow>(),
      { key: 'strip', label: '每日出勤', width: 236 },
      { key: 'present_days', label: '出勤天数', type: 'number', width: 96 },
      { key: 'minutes', label: '总时长', width: 132, align: 'right', value: (row) => (row.minutes > 0 ? durationOf(row.minutes) : '') },
      {
        key: 'average', label: '日均时长', width: 116, align: 'right',
        value: (row) => (row.present_days > 0 ? durationOf(Math.round(row.minutes / row.present_days)) : ''),
      },
      ...more<MonthRow>(),
    ],
    empty: { title: '这个月没有应出勤的人员', hint: '人员进场后，从进场当月起会出现在这里。' },
  })
}
