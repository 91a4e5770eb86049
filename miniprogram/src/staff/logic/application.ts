import type { Schema } from '@/api'
import { isMobile } from '@/join/validate'
import type { FormField, FormValues } from './form'

/** 五方主体; the builder and the contractor have to be there. */
export const PARTIES = [
  { kind: '008', label: '建设单位', need: true },
  { kind: '009', label: '施工单位', need: true },
  { kind: '007', label: '监理单位', need: false },
  { kind: '010', label: '勘察单位', need: false },
  { kind: '011', label: '设计单位', need: false },
] as const

const CREDIT_CODE = /^[0-9A-HJ-NPQRTUWXY]{18}$/
const creditCode = (value: string) => (CREDIT_CODE.test(value.toUpperCase()) ? null : '信用代码是 18 位数字和大写字母')
const number = (value: string) => (/^\d+(\.\d{1,2})?$/.test(value) ? null : '请填写数字')
const mobile = (value: string) => (isMobile(value) ? null : '手机号有误')
const email = (value: string) => (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value) ? null : '邮箱有误')

export interface Part {
  title: string
  fields: FormField[]
}

/** GY2: what is asked about a project, one part per screen. */
export function applicationParts(tables: Schema<'Dictionaries'> | null): Part[] {
  return [
    {
      title: '项目',
      fields: [
        { key: 'name', label: '项目名称', kind: 'text', need: true, maxlength: 100 },
        { key: 'category', label: '项目类别', kind: 'pick', need: true, choices: tables?.project_categories ?? [] },
        { key: 'investment_nature', label: '投资性质', kind: 'pick', need: true, choices: tables?.investment_natures ?? [] },
        { key: 'status', label: '项目状态', kind: 'pick', need: true, choices: tables?.project_statuses ?? [] },
        { key: 'contact_name', label: '项目联系人', kind: 'text', need: true, maxlength: 50 },
        { key: 'contact_phone', label: '联系电话', kind: 'text', need: true, maxlength: 20 },
      ],
    },
    {
      title: '位置和工期',
      fields: [
        { key: 'address', label: '详细地址', kind: 'text', need: true, maxlength: 200 },
        { key: 'start_on', label: '开工日期', kind: 'date', need: true },
        { key: 'planned_finish_on', label: '计划竣工日期', kind: 'date', need: true },
        { key: 'permit_number', label: '施工许可证号', kind: 'text', maxlength: 60 },
        { key: 'permit_date', label: '发证日期', kind: 'date' },
      ],
    },
    {
      title: '规模和工资保障',
      fields: [
        { key: 'area_m2', label: '建筑面积（平方米）', kind: 'digit', check: number },
        { key: 'height_m', label: '建筑高度（米）', kind: 'digit', check: number },
        { key: 'structure', label: '结构类型', kind: 'pick', choices: tables?.structures ?? [] },
        { key: 'cost_wan', label: '工程造价（万元）', kind: 'digit', check: number },
        { key: 'wage_bank', label: '工资专户开户银行', kind: 'text', maxlength: 100 },
        { key: 'deposit_kind', label: '工资保证金怎么缴', kind: 'pick', choices: tables?.deposit_kinds ?? [] },
      ],
    },
    {
      title: '五方主体',
      fields: PARTIES.flatMap(({ kind, label, need }): FormField[] => [
        { key: `party_${kind}_name`, label, kind: 'text', need, maxlength: 100 },
        { key: `party_${kind}_code`, label: `${label}信用代码`, kind: 'text', need, maxlength: 18, check: creditCode },
      ]),
    },
    {
      title: '申报人和证明',
      fields: [
        { key: 'applicant_name', label: '申报人', kind: 'text', need: true, maxlength: 50 },
        { key: 'applicant_phone', label: '手机号', kind: 'number', need: true, maxlength: 11, check: mobile, placeholder: '查进度时用' },
        { key: 'applicant_email', label: '电子邮箱', kind: 'text', need: true, maxlength: 120, check: email, placeholder: '审核结果发到这里' },
      ],
    },
  ]
}

const NUMBERS = ['area_m2', 'height_m', 'cost_wan']

/** What is sent: parties that nobody filled are left out. */
export function applicationBody(values: FormValues, proofId: string) {
  const project: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(values)) {
    // Names of what was chosen are only for the screen.
    if (/^(party_|applicant_|region_name$)/.test(key)) continue
    const text = value.trim()
    if (text) project[key] = NUMBERS.includes(key) || key === 'longitude' || key === 'latitude' ? Number(text) : text
  }
  const text = (key: string) => (values[key] ?? '').trim()
  project['parties'] = PARTIES.map(({ kind }) => ({ kind, name: text(`party_${kind}_name`), credit_code: text(`party_${kind}_code`).toUpperCase() })).filter((party) => party.name || party.credit_code)
  return {
    project,
    applicant: { name: text('applicant_name'), phone: text('applicant_phone'), email: text('applicant_email') },
    proof_file_id: proofId,
  }
}

/** The server's reasons, at this form's fields. */
export function applicationProblems(fields: Record<string, string>, values: FormValues): Record<string, string> {
  const sent = PARTIES.filter(({ kind }) => values[`party_${kind}_name`]?.trim() || values[`party_${kind}_code`]?.trim())
  return Object.fromEntries(
    Object.entries(fields).map(([path, reason]) => {
      const party = /^project\.parties\[(\d+)\]\.(\w+)$/.exec(path)
      if (party) return [`party_${sent[Number(party[1])]?.kind ?? ''}_${party[2] === 'name' ? 'name' : 'code'}`, reason]
      return [path.replace(/^project\./, '').replace(/^applicant\./, 'applicant_'), reason]
    }),
  )
}
