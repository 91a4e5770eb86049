import type { Schema } from '@/api'
import { defineEnum } from '@/components/enum'
import { formatTime } from '@/components/format'

export type Objection = Schema<'ObjectionRow'>
export type ObjectionCounts = Schema<'ObjectionCounts'>

export const TABS = ['open', 'accepted', 'refused'] as const
export type Tab = (typeof TABS)[number]

export const objectionState = defineEnum({
  open: { label: '待答复', tone: 'warning' },
  accepted: { label: '成立', tone: 'success' },
  refused: { label: '不成立', tone: 'info' },
})
export const verdict = defineEnum({ true: '成立', false: '不成立' })

/** What the platform knows of the day: 2 次打卡，07:58 — 17:40. */
export function recordedOf(row: Pick<Objection, 'punches' | 'first_at' | 'last_at'>): string {
  if (row.punches === 0) return '没有打卡'
  const times = row.last_at ? `${formatTime(row.first_at)} — ${formatTime(row.last_at)}` : formatTime(row.first_at)
  return `${row.punches} 次打卡，${times}`
}

/** What people answer most, to begin with. */
export const ANSWERS: Record<string, string[]> = {
  true: ['情况属实，将按【考勤补录】办理', '设备当时离线，将补录这一天'],
  false: ['当天没有到场，班组长已核实', '打卡记录完整，以设备记录为准'],
}
