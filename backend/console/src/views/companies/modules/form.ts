import { checkCreditCode } from '@/components/creditCode'
import { dictionary } from '@/components/dictionary'
import { defineFields } from '@/components/form/types'
import { today } from '@/components/format'

const registrationKind = dictionary('registration_kinds')

/** The credit code of a company in the registry stays, except that a regulator may correct it. */
export function companyFields(correctsCodes: boolean) {
  return defineFields([
    {
      key: 'credit_code',
      label: '统一社会信用代码',
      type: 'slot',
      required: true,
      span: 2,
      disabled: !correctsCodes,
      check: checkCreditCode,
    },
    { key: 'name', label: '企业名称', type: 'text', required: true, maxLength: 100, span: 2, placeholder: '与营业执照一致的全称' },
    { key: 'region_code', label: '注册地区', type: 'region', required: true },
    { key: 'registration_kind', label: '企业登记注册类型', type: 'select', options: () => registrationKind.options },
    { key: 'address', label: '注册地址', type: 'text', maxLength: 200, span: 2 },
    { key: 'legal_person', label: '法定代表人', type: 'text', maxLength: 50, group: '负责人与联系方式' },
    { key: 'contact_name', label: '联系人', type: 'text', maxLength: 50 },
    { key: 'contact_phone', label: '联系电话', type: 'tel', maxLength: 30, placeholder: '手机，或带区号的固定电话' },
    { key: 'email', label: '电子邮箱', type: 'email', maxLength: 100 },
    { key: 'registered_capital_wan', label: '注册资本', type: 'number', min: 0, precision: 2, unit: '万元', group: '工商信息' },
    { key: 'established_on', label: '成立日期', type: 'date', disabledDate: (date) => date > new Date(`${today()}T23:59:59+08:00`) },
  ])
}
