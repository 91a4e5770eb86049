import type { Schema } from '@/api'
import { defineEnum } from '@/components/enum'
import { settlement } from '@/views/roster/words'

export type Contract = Schema<'ContractRow'>
export type Unsigned = Schema<'UnsignedRow'>
export type Counts = Schema<'ContractCounts'>
export type Level = Schema<'ContractLevel'>

/** The tabs, in the words people look for (QH11). */
export const TABS = ['unsigned', 'active', 'terminated'] as const
export type Tab = (typeof TABS)[number]

export const LEVELS = ['red', 'orange', 'yellow'] as const

export const levelWords = defineEnum({ red: '红色预警', orange: '橙色预警', yellow: '黄色预警', fresh: '未到预警' })
export const termWords = defineEnum({ fixed: '固定期限', open: '无固定期限', task: '以完成一定工作任务为期限' })
export const contractState = defineEnum({
  active: { label: '履约中', tone: 'success' },
  expired: { label: '已到期', tone: 'warning' },
  reset: { label: '已重置', tone: 'info' },
  terminated: { label: '已解约', tone: 'info' },
})
export const standing = defineEnum({ active: '全部履约中', expired: '已到期' })

export const stateOf = (row: Pick<Contract, 'state' | 'expired'>) => (row.expired ? 'expired' : row.state)

/** 2026-11-01 至 2027-10-31 */
export function termOf(row: Pick<Contract, 'term_kind' | 'starts_on' | 'ends_on'>): string {
  if (row.ends_on) return `${row.starts_on} 至 ${row.ends_on}`
  return `${row.starts_on} 起${row.term_kind === 'task' ? '，工作任务完成时止' : ''}`
}

/** 计时 320 元/天 */
export function priceOf(row: Pick<Contract, 'settlement' | 'unit_price_fen' | 'settlement_unit'>): string {
  if (!row.settlement) return ''
  const unit = row.settlement_unit ? `/${row.settlement_unit}` : ''
  return settlement.label(row.settlement) + (row.unit_price_fen ? ` ${row.unit_price_fen / 100} 元${unit}` : '')
}

/** What somebody has to know who looks at one without a contract. */
export function warningOf(row: Pick<Unsigned, 'level' | 'days' | 'stopped' | 'since' | 'entered_on'>): string {
  const since = row.since === row.entered_on ? `进场 ${row.days} 天未签` : `解约后 ${row.days} 天未签`
  return row.stopped ? `${since}，已停止考勤` : since
}
