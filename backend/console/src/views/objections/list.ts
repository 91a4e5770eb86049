import type { Ref } from 'vue'
import { defineList, type Column, type Filter } from '@/components/list/types'
import { loadCrews, nameOfCrew } from '@/views/crews/options'
import { recordedOf, type Objection, type Tab } from './words'

/** 【考勤异议】 of one project, or of all within reach. */
export function objectionList(projectId: Readonly<Ref<string>>, tab: Tab) {
  const everywhere = projectId.value === ''
  const places: Filter[] = everywhere
    ? [
        { key: 'project', label: '项目名称', type: 'text' },
        { key: 'region_code', label: '地区', type: 'region' },
      ]
    : [{ key: 'crew_id', label: '班组', type: 'remote', load: (typed) => loadCrews(projectId.value, typed), nameOf: (id) => nameOfCrew(projectId.value, id) }]
  const project: Column<Objection>[] = everywhere
    ? [{ key: 'project_name', label: '项目', type: 'link', to: (row) => `/projects/${row.project_id}/objections`, minWidth: 190 }]
    : []
  const answered: Column<Objection>[] = [
    { key: 'answer', label: '答复', minWidth: 200 },
    { key: 'answered_by', label: '答复人', width: 120 },
    { key: 'answered_at', label: '答复时间', type: 'datetime', width: 150, sortable: true },
  ]
  return defineList<Objection>({
    key: 'objections',
    path: () => (projectId.value ? `/projects/${projectId.value}/objections` : '/objections'),
    sort: tab === 'open' ? 'created_at' : '-answered_at',
    query: () => ({ state: tab }),
    filters: [...places, { key: 'day', label: '考勤日期', type: 'date-range' }],
    columns: [
      { key: 'name', label: '姓名', minWidth: 150, fixed: 'left' },
      ...project,
      { key: 'day', label: '考勤日期', type: 'date', width: 116, sortable: true },
      { key: 'recorded', label: '平台记录', minWidth: 190, value: recordedOf },
      { key: 'said', label: '异议内容', minWidth: 240 },
      { key: 'picture', label: '图片', width: 76 },
      ...(tab === 'open' ? [] : answered),
      { key: 'crew_name', label: '班组', minWidth: 128 },
      { key: 'created_at', label: '提交时间', type: 'datetime', width: 150, sortable: true },
    ],
    rowActionsWidth: 76,
    empty:
      tab === 'open'
        ? { title: '没有待答复的异议', hint: '工人在手机上对某一天的考勤提出异议后，会出现在这里，答复后本人会收到消息。' }
        : { title: '还没有这样的答复', hint: '答复过的异议和理由都保留在这里。' },
  })
}
