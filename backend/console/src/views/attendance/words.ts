import { defineEnum } from '@/components/enum'
import { formatDate, formatNumber, formatSecond, formatTime } from '@/components/format'

export const dayState = defineEnum({
  present: { label: '出勤', tone: 'success' },
  incomplete: { label: '缺卡', tone: 'warning' },
  absent: { label: '缺勤', tone: 'info' },
})

/** What a punch means by its device's setting; by turns the day's other punches decide. */
export const direction = defineEnum({
  in: { label: '进场', tone: 'success' },
  out: { label: '出场', tone: 'primary' },
  turns: { label: '轮换', tone: 'info' },
})

export const punchSource = defineEnum({ terminal: '考勤设备', phone: '移动考勤', make_up: '补录' })

export const counted = defineEnum({
  came_in: { label: '进场', tone: 'success' },
  went_out: { label: '出场', tone: 'primary' },
  was_inside: { label: '已在场内，以先到为准', tone: 'info' },
  was_outside: { label: '没有进场记录', tone: 'warning' },
  repeated: { label: '重复打卡，不计', tone: 'info' },
})

export const judged = defineEnum({ false: { label: '有效', tone: 'success' }, true: { label: '未通过', tone: 'danger' } })

/** 8.5: the hours of a cell, in which a whole number needs no decimals. */
export function hoursOf(minutes: number): string {
  return String(Math.round(minutes / 6) / 10)
}

/** 8 小时 30 分 */
export function durationOf(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = Math.round(minutes % 60)
  if (hours === 0) return `${rest} 分钟`
  return rest === 0 ? `${formatNumber(hours)} 小时` : `${formatNumber(hours)} 小时 ${rest} 分`
}

/** 92.4%, and a dash where no rate is reckoned. */
export function percentOf(rate: number | null | undefined): string {
  return rate === null || rate === undefined ? '—' : `${Math.round(rate * 1000) / 10}%`
}

/** The time of a punch on the day it counts for: a night shift's last one is 次日 02:10. */
export function clockOf(at: string | null | undefined, day: string, seconds = false): string {
  if (!at) return ''
  const clock = seconds ? formatSecond(at) : formatTime(at)
  return formatDate(new Date(at)) > day ? `次日 ${clock}` : clock
}

const LATE_MS = 10 * 60 * 1000

/** Kept by the device during an outage and sent afterwards. */
export function isLate({ at, received_at: received }: { at: string; received_at: string }): boolean {
  return Date.parse(received) - Date.parse(at) > LATE_MS
}
