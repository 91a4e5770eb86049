import type { Ref } from 'vue'
import { defineList, type Column, type Filter } from '@/components/list/types'
import { alertKind, alertState, lastedWords, type AlertRow } from './words'

/** 【设备预警】 of one project, or of all within reach. */
export function alertList(projectId: Readonly<Ref<string>>) {
  const everywhere = projectId.value === ''
  const places: Filter[] = [
    { key: 'project', label: '项目名称', type: 'text' },
    { key: 'region_code', label: '地区', type: 'region' },
  ]
  const project: Column<AlertRow> = {
    key: 'project_name', label: '项目', type: 'link', to: (row) => `/projects/${row.project_id}/devices`, minWidth: 200,
  }
  return defineList<AlertRow>({
    key: 'alerts',
    path: () => (projectId.value ? `/projects/${projectId.value}/alerts` : '/alerts'),
    sort: '-opened_at',
    filters: [
      { key: 'open', label: '状态', type: 'select', options: alertState },
      { key: 'kind', label: '预警类型', type: 'select', options: alertKind },
      ...(everywhere ? places : []),
    ],
    columns: [
      { key: 'open', label: '状态', type: 'tag', enum: alertState, width: 92, value: (row) => !row.closed_at },
      { key: 'kind', label: '预警类型', type: 'tag', enum: alertKind, width: 150 },
      ...(everywhere ? [project] : []),
      { key: 'subject', label: '设备', minWidth: 216 },
      { key: 'advice', label: '情况与处理', minWidth: 280 },
      { key: 'lasted', label: '持续', width: 112, value: (row) => lastedWords(row) },
      { key: 'opened_at', label: '发生时间', type: 'datetime', width: 150, sortable: true },
      { key: 'closed_at', label: '恢复时间', type: 'datetime', width: 150, sortable: true },
    ],
    empty: { title: '没有设备预警', hint: '设备离线超过本地区规定的时间、项目设备全部离线超过两天，或设备时钟不准时，会在这里提醒。' },
  })
}
