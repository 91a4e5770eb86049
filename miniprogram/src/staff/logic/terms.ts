import type { Schema } from '@/api'
import { fenOf } from '@/join/validate'
import type { FormField, FormValues } from './form'
import type { Crew } from './roster'

const UNITS: Record<string, string[]> = { time: ['天', '小时', '月'], piece: ['平方米', '立方米', '吨', '米', '件'] }
export const SETTLEMENTS = [
  { code: 'time', name: '计时' },
  { code: 'piece', name: '计件' },
]

/** As what somebody works in a crew, a post of the unit's kind or a trade, and the wage. */
export function termFields(crew: Crew | undefined, tables: Schema<'Dictionaries'> | null, values: FormValues): FormField[] {
  const posts = (tables?.posts_of_unit_kind as Record<string, string[]> | undefined)?.[crew?.unit_kind ?? ''] ?? []
  const job: FormField =
    crew?.kind === 'management'
      ? { key: 'post', label: '岗位', kind: 'pick', need: true, choices: (tables?.posts ?? []).filter((post) => posts.includes(post.code)) }
      : { key: 'work_type', label: '工种', kind: 'pick', need: crew?.kind === 'workers', choices: tables?.work_types ?? [] }
  return [job, ...wageFields(values)]
}

export function wageFields(values: FormValues): FormField[] {
  const settlement = values['settlement']
  const way: FormField = { key: 'settlement', label: '工资结算', kind: 'pick', choices: SETTLEMENTS, implies: (code) => ({ settlement_unit: UNITS[code]?.[0] ?? '' }) }
  if (!settlement) return [way]
  return [
    way,
    { key: 'price', label: '单价（元）', kind: 'digit', placeholder: '例如 320', check: (value) => (fenOf(value) ? null : '请填写金额，例如 320') },
    { key: 'settlement_unit', label: '单位', kind: 'pick', choices: (UNITS[settlement] ?? []).map((unit) => ({ code: unit, name: unit })) },
  ]
}
