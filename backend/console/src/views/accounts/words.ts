import { defineEnum } from '@/components/enum'
import { defineFields, type Field } from '@/components/form/types'

export const accountKind = defineEnum({
  admin: { label: '平台管理', tone: 'primary' },
  regulator: { label: '监管部门', tone: 'primary' },
  company: '参建企业',
  project: '项目部',
  vendor: '设备商',
})

export const accountState = defineEnum({
  in_use: { label: '使用中', tone: 'success' },
  first_password: { label: '未启用', tone: 'warning' },
  disabled: { label: '已停用', tone: 'danger' },
})

export function stateOf(row: { disabled: boolean; must_change_password: boolean }): string {
  if (row.disabled) return 'disabled'
  return row.must_change_password ? 'first_password' : 'in_use'
}

export const newRegulator: Field[] = defineFields([
  {
    key: 'login', label: '账号', type: 'text', required: true, maxLength: 32, placeholder: '如 jmzj_li',
    hint: '4 到 32 位，字母、数字和 - _ .',
    check: (value) => (/^[A-Za-z0-9._-]{4,32}$/.test(String(value).trim()) ? undefined : '须为 4 到 32 位字母、数字和 - _ .'),
  },
  { key: 'name', label: '姓名', type: 'text', required: true, maxLength: 50 },
  { key: 'phone', label: '手机号码', type: 'tel' },
  { key: 'region_code', label: '管辖地区', type: 'region', anyLevel: true, required: true, hint: '可以管理该地区及其下级的全部项目。' },
])

export const disabling: Field[] = defineFields([
  { key: 'reason', label: '原因', type: 'textarea', required: true, maxLength: 200, placeholder: '将记入操作日志' },
])
