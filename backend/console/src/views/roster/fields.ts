import type { Schema } from '@/api'
import { defineFields, type Field, type Values } from '@/components/form/types'
import { today } from '@/components/format'
import { post, settlement, workType } from './words'

const UNITS: Record<string, string[]> = { time: ['天', '小时', '月'], piece: ['平方米', '立方米', '吨', '米', '件'] }
const endOfToday = () => new Date(`${today()}T23:59:59+08:00`)

/** The day of an entry: not ahead of today. */
export const enteredOn: Field = {
  key: 'entered_on', label: '进场日期', type: 'date', required: true, disabledDate: (date) => date > endOfToday(),
}

/** As what somebody works in a crew: a post of the unit's kind, or a trade; and the wage. */
export function termFields(crew: () => Schema<'Crew'> | undefined, posts: () => readonly string[]): Field[] {
  const isManager = () => crew()?.kind === 'management'
  return defineFields([
    {
      key: 'post',
      label: '岗位',
      type: 'select',
      required: true,
      visible: isManager,
      options: () => post.options.filter((option) => posts().includes(option.value)),
    },
    {
      key: 'work_type',
      label: '工种',
      type: 'select',
      required: crew()?.kind === 'workers',
      visible: () => !isManager(),
      options: () => workType.options,
    },
    { key: 'settlement', label: '工资结算方式', type: 'select', options: settlement },
    {
      key: 'price',
      label: '结算单价',
      type: 'number',
      min: 0,
      max: 1_000_000,
      precision: 2,
      unit: '元',
      visible: (values) => Boolean(values['settlement']),
    },
    {
      key: 'settlement_unit',
      label: '计量单位',
      type: 'select',
      visible: (values) => Boolean(values['settlement']),
      options: (values) => (UNITS[String(values['settlement'])] ?? []).map((unit) => ({ value: unit, label: unit })),
    },
  ])
}

/** What is the person's own: the attendance card, phone and wage card. */
export const personFields = defineFields([
  { key: 'card_number', label: '考勤卡号', type: 'text', maxLength: 32 },
  { key: 'phone', label: '手机号码', type: 'tel', maxLength: 20 },
  { key: 'bank_name', label: '工资卡开户行', type: 'text', maxLength: 60 },
  { key: 'bank_card', label: '工资卡号', type: 'text', maxLength: 30 },
])

/** Prices are typed in yuan and kept in fen. */
export function toTerms({ price, ...values }: Values): Values {
  const yuan = Number(price)
  return { ...values, unit_price_fen: price === null || price === undefined || !(yuan > 0) ? null : Math.round(yuan * 100) }
}
