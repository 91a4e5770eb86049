/** Times are UTC on the wire and China's on the screen, wherever the browser is. */
const ZONE = 'Asia/Shanghai'

const dateTime = new Intl.DateTimeFormat('sv-SE', {
  timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
})
const day = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' })
const time = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' })
const second = new Intl.DateTimeFormat('sv-SE', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', second: '2-digit' })
const number = new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 2 })

export const NOTHING = '—'

export function formatDateTime(value: unknown): string {
  const at = parse(value)
  return at ? dateTime.format(at) : NOTHING
}

/** 07:58 */
export function formatTime(value: unknown): string {
  const at = parse(value)
  return at ? time.format(at) : NOTHING
}

/** 07:58:30 */
export function formatSecond(value: unknown): string {
  const at = parse(value)
  return at ? second.format(at) : NOTHING
}

/** A plain day (`2026-11-21`) stays what it is: it has no time zone. */
export function formatDate(value: unknown): string {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return value
  const at = parse(value)
  return at ? day.format(at) : NOTHING
}

export function formatNumber(value: unknown): string {
  if (value === null || value === undefined || value === '') return NOTHING
  const amount = Number(value)
  return Number.isFinite(amount) ? number.format(amount) : NOTHING
}

export function formatText(value: unknown): string {
  if (value === null || value === undefined || value === '') return NOTHING
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (Array.isArray(value)) return value.length > 0 ? value.map(String).join('、') : NOTHING
  return String(value)
}

/** "3 分钟前": for things that just happened; older ones get their date. */
export function formatAgo(value: unknown, now = Date.now()): string {
  const at = parse(value)
  if (!at) return NOTHING
  const minutes = Math.floor((now - at.getTime()) / 60_000)
  if (minutes < 1) return '刚刚'
  if (minutes < 60) return `${minutes} 分钟前`
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} 小时前`
  return formatDateTime(at)
}

/** Today in China, as the server writes days. */
export function today(): string {
  return day.format(new Date())
}

function parse(value: unknown): Date | null {
  if (value === null || value === undefined || value === '') return null
  const at = value instanceof Date ? value : new Date(String(value))
  return Number.isNaN(at.getTime()) ? null : at
}
