import type { Schema } from '@/api'
import type { ContractLevel } from '@/api/phone'

type Somebody = Schema<'Somebody'>

export interface ContractRow extends Somebody {
  id: string
  state: 'reset' | 'active' | 'terminated'
  term_kind: string
  starts_on: string
  ends_on: string | null
  expired: boolean
  unit_price_fen: number | null
  settlement_unit: string | null
  signed_on: string
  has_file: boolean
  terminated_on: string | null
  termination_reason: string | null
  may_manage: boolean
  revision: number
}

export interface UnsignedRow extends Somebody {
  days: number
  level: ContractLevel | null
  stopped: boolean
}

export interface ContractCounts {
  unsigned: number
  yellow: number
  orange: number
  red: number
  active: number
  expired: number
  terminated: number
}

export interface ContractFile {
  pdf: Schema<'FileView'>
}

export const LEVEL_TAGS: Record<ContractLevel, { words: string; look: string }> = {
  fresh: { words: '未签', look: '' },
  yellow: { words: '黄色预警', look: 'tag-warn' },
  orange: { words: '橙色预警', look: 'tag-orange' },
  red: { words: '红色，停打卡', look: 'tag-bad' },
}
