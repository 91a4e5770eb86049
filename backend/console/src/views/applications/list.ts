import type { Schema } from '@/api'
import { defineList } from '@/components/list/types'
import { applicationState } from '../projects/modules/words'

export type ApplicationRow = Schema<'ApplicationRow'>

export const applications = defineList<ApplicationRow>({
  key: 'applications',
  path: '/applications',
  sort: '-created_at',
  rowActionsWidth: 72,
  filters: [
    { key: 'search', label: '项目', type: 'text', placeholder: '项目名称或申报编号' },
    { key: 'state', label: '状态', type: 'select', options: applicationState },
    { key: 'region_code', label: '区域', type: 'region' },
    { key: 'created', label: '申报日期', type: 'date-range' },
  ],
  columns: [
    { key: 'number', label: '申报编号', type: 'mono', minWidth: 145, sortable: true },
    { key: 'name', label: '项目名称', minWidth: 200, sortable: true },
    { key: 'region_code', label: '区域', value: (row) => row.region_path.slice(1).join(' '), minWidth: 130 },
    { key: 'applicant_name', label: '申报人', minWidth: 84 },
    { key: 'applicant_phone', label: '联系电话', type: 'mono', minWidth: 118 },
    { key: 'state', label: '状态', type: 'tag', enum: applicationState, minWidth: 95, sortable: true },
    { key: 'created_at', label: '申报时间', type: 'datetime', minWidth: 148, sortable: true },
    { key: 'decided_at', label: '审核时间', type: 'datetime', minWidth: 148, sortable: true },
  ],
  empty: { title: '没有符合条件的申报', hint: '申报单位在登录页的“项目申报”提交后，会出现在这里。' },
})
