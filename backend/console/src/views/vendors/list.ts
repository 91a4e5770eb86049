import { defineList } from '@/components/list/types'

export interface Vendor {
  id: string
  /** What its devices send when they log in, and its account's login; it never changes. */
  code: string
  credit_code: string
  name: string
  region_code: string
  region_name: string
  contact_name?: string | null
  contact_phone?: string | null
  projects: number
  account_login?: string | null
  created_at: string
  revision: number
}

export const vendors = defineList<Vendor>({
  key: 'vendors',
  path: '/vendors',
  sort: '-created_at',
  filters: [
    { key: 'search', label: '设备商', type: 'text', placeholder: '名称、编码、信用代码' },
    { key: 'region_code', label: '注册地区', type: 'region' },
  ],
  columns: [
    { key: 'name', label: '设备商名称', minWidth: 210, sortable: true, fixed: 'left' },
    { key: 'account_login', label: '账号', type: 'mono', minWidth: 110 },
    { key: 'projects', label: '服务项目', type: 'number', width: 90 },
    { key: 'contact_name', label: '联系人', width: 90 },
    { key: 'contact_phone', label: '联系电话', type: 'mono', width: 126 },
    { key: 'code', label: '服务商编码', type: 'mono', minWidth: 250, sortable: true },
    { key: 'credit_code', label: '统一社会信用代码', type: 'mono', width: 180 },
    { key: 'region_name', label: '注册地区', minWidth: 180 },
    { key: 'created_at', label: '登记时间', type: 'date', width: 118, sortable: true },
  ],
  rowActionsWidth: 130,
  empty: { title: '还没有设备商', hint: '点【供应商注册】登记第一家，再为它发账号。项目申报时可以选择登记过的设备商。' },
})
