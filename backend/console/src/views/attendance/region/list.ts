import { today } from '@/components/format'
import { defineList } from '@/components/list/types'
import { projectStatus } from '@/views/projects/modules/words'
import type { ProjectDayRow } from '../types'

/** 【项目考勤】 (JR7): how a day went on every project within reach. */
export function projectDays() {
  return defineList<ProjectDayRow>({
    key: 'attendance-projects',
    rowKey: 'project_id',
    path: '/attendance/projects/search',
    state: 'local',
    initial: { day: today() },
    seeds: ['day', 'region_code', 'project'],
    body: (filters) => filters,
    filters: [
      { key: 'day', label: '日期', type: 'date', required: true },
      { key: 'project', label: '项目名称', type: 'text' },
      { key: 'region_code', label: '地区', type: 'region' },
    ],
    columns: [
      { key: 'project_name', label: '项目', type: 'link', to: (row) => `/projects/${row.project_id}/attendance/overview`, minWidth: 196, fixed: 'left', sortable: true },
      { key: 'region_code', label: '地区', minWidth: 136, sortable: true },
      { key: 'status', label: '项目状态', type: 'tag', enum: projectStatus, width: 104 },
      { key: 'heads', label: '应出勤', type: 'number', width: 84 },
      { key: 'attended', label: '出勤', width: 76, align: 'right' },
      { key: 'rate', label: '出勤率', minWidth: 146 },
      { key: 'devices', label: '设备在线', width: 96, align: 'right' },
      { key: 'minutes', label: '总时长（小时）', type: 'number', width: 132, value: (row) => Math.round(row.minutes / 60) },
    ],
    rowActionsWidth: 146,
    empty: { title: '还没有项目', hint: '辖区内的项目登记后，各项目的出勤会显示在这里。' },
  })
}
