import type { Schema } from '@/api'
import { dictionary } from '@/components/dictionary'
import { defineEnum } from '@/components/enum'

export type Entry = Schema<'RosterRow'>

export const sexWords = defineEnum({ male: '男', female: '女' })
export const entryKind = defineEnum({
  worker: { label: '务工人员', tone: 'success' },
  manager: { label: '管理人员', tone: 'primary' },
  other: { label: '其他人员', tone: 'info' },
})
export const settlement = defineEnum({ time: '计时', piece: '计件' })
export const lackWords = defineEnum({ work_type: '缺工种', wage_card: '缺工资卡' })
export const hasPhoto = defineEnum({ true: '有照片', false: '没有照片' })
export const unitKind = dictionary('unit_kinds')
export const workType = dictionary('work_types')
export const post = dictionary('posts')

/** A manager's post, everybody else's trade. */
export function jobOf(entry: Pick<Entry, 'post' | 'work_type'>): string {
  return post.label(entry.post ?? '') === '—' ? workType.label(entry.work_type ?? '') : post.label(entry.post)
}

/** 计时 300 元/天 */
export function wageOf(entry: Pick<Entry, 'settlement' | 'unit_price_fen' | 'settlement_unit'>): string {
  if (!entry.settlement) return ''
  const price = entry.unit_price_fen ? ` ${entry.unit_price_fen / 100} 元${entry.settlement_unit ? `/${entry.settlement_unit}` : ''}` : ''
  return settlement.label(entry.settlement) + price
}
