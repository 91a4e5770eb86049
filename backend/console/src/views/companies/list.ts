import type { Schema } from '@/api'
import { defineList } from '@/components/list/types'
import { uploadState } from '@/components/words'

export type Company = Schema<'Company'>

export const companies = defineList<Company>({
  key: 'companies',
  path: '/companies',
  exportPath: '/companies/export',
  sort: '-created_at',
  filters: [
    { key: 'name', label: '企业名称', type: 'text' },
    { key: 'credit_code', label: '统一社会信用代码', type: 'text', placeholder: '前几位或全部' },
    { key: 'region_code', label: '注册地区', type: 'region' },
    { key: 'upload_state', label: '上传状态', type: 'select', options: uploadState },
  ],
  columns: [
    { key: 'name', label: '企业名称', minWidth: 250, sortable: true, fixed: 'left' },
    { key: 'credit_code', label: '统一社会信用代码', type: 'mono', width: 190 },
    { key: 'region_name', label: '注册地区', minWidth: 180 },
    { key: 'legal_person', label: '法定代表人', width: 110 },
    { key: 'contact_name', label: '联系人', width: 100 },
    { key: 'contact_phone', label: '联系电话', type: 'mono', width: 136 },
    { key: 'upload_state', label: '上传状态', type: 'tag', enum: uploadState, width: 110 },
    { key: 'created_at', label: '登记时间', type: 'date', width: 118, sortable: true },
  ],
  rowActionsWidth: 170,
  empty: { title: '企业库还是空的', hint: '参建单位须先在这里登记。点【企业注册】登记第一家企业。' },
})
