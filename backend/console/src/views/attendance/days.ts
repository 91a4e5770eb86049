import { today } from '@/components/format'

/* Days are plain text, `2026-11-21`: they have no time zone, so they are reckoned in UTC and never shift. */

const DAY_MS = 24 * 60 * 60 * 1000
const WEEKDAYS = '日一二三四五六'

const parse = (day: string) => new Date(`${day}T00:00:00Z`)
const write = (date: Date) => date.toISOString().slice(0, 10)

export function plusDays(day: string, days: number): string {
  return write(new Date(parse(day).getTime() + days * DAY_MS))
}

export function thisMonth(): string {
  return today().slice(0, 7)
}

export interface CalendarDay {
  day: string
  /** 1 to 31. */
  number: number
  weekday: string
  weekend: boolean
}

export function daysOfMonth(month: string): CalendarDay[] {
  const first = parse(`${month}-01`)
  const count = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return Array.from({ length: count }, (_, at) => calendarDay(plusDays(`${month}-01`, at)))
}

export function calendarDay(day: string): CalendarDay {
  const weekday = parse(day).getUTCDay()
  return { day, number: Number(day.slice(8)), weekday: WEEKDAYS[weekday] ?? '', weekend: weekday === 0 || weekday === 6 }
}

export function lastOfMonth(month: string): string {
  return daysOfMonth(month).at(-1)?.day ?? `${month}-28`
}

/** 11月21日 周五 */
export function spokenDay(day: string): string {
  return `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日 周${calendarDay(day).weekday}`
}

/** A week begins on Monday. */
export function mondayOf(day: string): string {
  const weekday = parse(day).getUTCDay()
  return plusDays(day, weekday === 0 ? -6 : 1 - weekday)
}
