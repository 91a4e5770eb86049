import type { Schema } from '@/api'
import { defineList } from '@/components/list/types'
import { projectCategory, projectStatus, qualified } from './modules/words'

export type ProjectRow = Schema<'ProjectRow'>

export const projects = defineList<ProjectRow>({
  key: 'projects',
  path: '/projects',
  sort: '-created_at',
  exportPath: '/projects/export',
  rowActionsWidth: 176,
  filters: [
    { key: 'search', label: '项目', type: 'text', placeholder: '项目名称或报建编号' },
    { key: 'region_code', label: '区域', type: 'region' },
    { key: 'category', label: '类别', type: 'select', options: projectCategory },
    { key: 'status', label: '状态', type: 'select', options: projectStatus },
    { key: 'qualified', label: '是否合格', type: 'select', options: qualified },
    { key: 'created', label: '登记日期', type: 'date-range' },
    { key: 'code', label: '报建编号', type: 'text' },
    {
      key: 'cancelled',
      label: '注销',
      type: 'select',
      options: [{ value: 'false', label: '未注销' }, { value: 'true', label: '已注销' }],
      placeholder: '未注销',
    },
  ],
  columns: [
    { key: 'name', label: '项目名称', type: 'link', to: (row) => `/projects/${row.id}`, minWidth: 210, sortable: true },
    { key: 'code', label: '报建编号', type: 'mono', minWidth: 140, sortable: true },
    { key: 'region_code', label: '区域', value: (row) => row.region_path.slice(1).join(' '), minWidth: 130, sortable: true },
    { key: 'status', label: '状态', type: 'tag', enum: projectStatus, minWidth: 90, sortable: true },
    { key: 'qualified', label: '是否合格', type: 'tag', enum: qualified, minWidth: 100 },
    { key: 'people', label: '在场人数', type: 'number', align: 'right', width: 84 },
    { key: 'account_login', label: '项目账号', type: 'mono', minWidth: 96 },
    { key: 'created_at', label: '登记日期', type: 'date', minWidth: 110, sortable: true },
  ],
  empty: { title: '没有符合条件的项目', hint: '项目可由监管部门登记，或在审核通过申报后自动进入项目库。' },
})
