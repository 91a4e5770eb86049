import { mondayOf, plusDays } from '../days'
import type { PeriodFigures, Step } from '../types'

/** Not more than the server draws at once. */
export const MOST_DAYS = 62

/** What each step shows at first: a month of days, a quarter of weeks, a year of months. All end today. */
export function initialRange(step: Step, today: string): [from: string, to: string] {
  if (step === 'day') return [plusDays(today, -29), today]
  if (step === 'week') return [plusDays(mondayOf(today), -11 * 7), today]
  const [year = 0, month = 1] = today.split('-').map(Number)
  return [`${month === 12 ? year : year - 1}-${String((month % 12) + 1).padStart(2, '0')}-01`, today]
}

/** Below a bar: 11/21, 11/16–11/22, 2026/11. */
export function shortName(period: Pick<PeriodFigures, 'from' | 'to'>, step: Step): string {
  const short = (day: string) => day.slice(5).replace('-', '/')
  if (step === 'month') return period.from.slice(0, 7).replace('-', '/')
  return step === 'week' ? `${short(period.from)}–${short(period.to)}` : short(period.from)
}

/** As a heading: 2026年11月21日, 2026年11月16日 至 22日, 2026年11月. */
export function longName(period: Pick<PeriodFigures, 'from' | 'to'>, step: Step): string {
  const [year, month] = period.from.split('-').map(Number)
  if (step === 'month') return `${year}年${month}月`
  const day = (text: string) => `${Number(text.slice(5, 7))}月${Number(text.slice(8))}日`
  return step === 'day' || period.from === period.to ? `${year}年${day(period.from)}` : `${year}年${day(period.from)} 至 ${day(period.to)}`
}
