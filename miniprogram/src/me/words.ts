const LEVELS: Record<string, { words: string; look: string }> = {
  yellow: { words: '合同还没签', look: 'tag-warn' },
  orange: { words: '合同要抓紧签', look: 'tag-orange' },
  red: { words: '合同没签，不能打卡', look: 'tag-bad' },
}

const STATES: Record<string, { words: string; look: string }> = {
  active: { words: '合同已签', look: 'tag-good' },
  expired: { words: '合同到期了', look: 'tag-orange' },
  terminated: { words: '合同已解除', look: '' },
}

/** How a contract stands, in words for its owner. */
export function contractTag(state: string | null, level: string | null): { words: string; look: string } {
  return LEVELS[level ?? ''] ?? STATES[state ?? ''] ?? { words: '合同还没签', look: '' }
}

export const TERMS = [
  { code: 'fixed', name: '固定期限' },
  { code: 'open', name: '无固定期限' },
  { code: 'task', name: '以完成一定工作任务为期限' },
]

export const OBJECTION_WORDS: Record<string, { words: string; look: string }> = {
  open: { words: '等答复', look: 'tag-warn' },
  accepted: { words: '已认可', look: 'tag-good' },
  refused: { words: '没有认可', look: 'tag-bad' },
}

/** 07:31, in China. */
export function clock(at: string | null | undefined): string {
  if (!at) return '—'
  return new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(11, 16)
}

/** 11月26日 07:31 */
export function moment(at: string): string {
  const there = new Date(Date.parse(at) + 8 * 3_600_000)
  return `${there.getUTCMonth() + 1}月${there.getUTCDate()}日 ${there.toISOString().slice(11, 16)}`
}

/** 11月26日 */
export function dayWords(day: string): string {
  const [, month, date] = day.split('-').map(Number)
  return `${month}月${date}日`
}

/** 8 小时 30 分 */
export function hours(minutes: number): string {
  const whole = Math.floor(minutes / 60)
  const rest = minutes % 60
  if (whole === 0) return `${rest} 分`
  return rest === 0 ? `${whole} 小时` : `${whole} 小时 ${rest} 分`
}

export const yuan = (fen: number) => (fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2))
