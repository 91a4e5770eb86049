import { spokenDay, type CalendarDay } from './days'
import type { DayCell, MonthRow } from './types'
import { durationOf, hoursOf } from './words'

export type CellKind =
  /** Hours: green, the more the deeper. */
  | 'short' | 'usual' | 'long'
  /** There, but a punch is missing: 缺卡. */
  | 'incomplete'
  /** Today, which is not over: whoever is inside has not forgotten to punch out yet. */
  | 'inside'
  | 'absent'
  /** Not on the roster that day, or not there yet. */
  | 'outside'

export interface Cell {
  kind: CellKind
  text: string
  title: string
}

/** What the grid shows in a cell: hours (出勤时长统计), or whether somebody was there (项目月考勤). */
export type GridShows = 'hours' | 'presence'

const SHORT_DAY = 4 * 60
const LONG_DAY = 10 * 60

type Stay = Pick<MonthRow, 'entered_on' | 'exited_on' | 'days'>

export function cellsOf(row: Stay, days: readonly CalendarDay[], today: string, shows: GridShows): Cell[] {
  const attended = new Map(row.days.map((day) => [day.day, day]))
  return days.map(({ day }) => {
    const of = attended.get(day)
    if (of && of.count > 0) return presentCell(of, day === today, shows)
    // Today is not over: nobody is absent yet.
    const counts = day >= row.entered_on && (!row.exited_on || day <= row.exited_on) && day < today
    const title = counts ? '缺勤' : reasonOf(row, day, today)
    return { kind: counts ? 'absent' : 'outside', text: '', title: `${spokenDay(day)} ${title}` }
  })
}

function presentCell(of: DayCell, isToday: boolean, shows: GridShows): Cell {
  const kind = kindOf(of, isToday, shows)
  const facts = [of.minutes > 0 ? durationOf(of.minutes) : '', `打卡 ${of.count} 次`, note(of, isToday)].filter(Boolean)
  return { kind, text: textOf(of, kind, shows), title: `${spokenDay(of.day)} ${facts.join('，')}` }
}

function kindOf({ minutes, inside }: DayCell, isToday: boolean, shows: GridShows): CellKind {
  if (inside) return isToday ? 'inside' : 'incomplete'
  if (minutes === 0) return isToday ? 'inside' : 'incomplete'
  if (shows === 'presence') return 'usual'
  if (minutes < SHORT_DAY) return 'short'
  return minutes >= LONG_DAY ? 'long' : 'usual'
}

function textOf(of: DayCell, kind: CellKind, shows: GridShows): string {
  if (of.minutes > 0 && shows === 'hours') return hoursOf(of.minutes)
  if (kind === 'incomplete') return '缺'
  if (kind === 'inside') return of.inside ? '在' : '到'
  return '✓'
}

function note(of: DayCell, isToday: boolean): string {
  if (!of.inside) return of.minutes === 0 ? '进出不成对，没有时长' : ''
  return isToday ? '现在在场' : '最后一次进场后没有出场'
}

function reasonOf(row: Stay, day: string, today: string): string {
  if (day === today) return '今日尚未打卡'
  if (day > today) return '还未到'
  return day < row.entered_on ? '尚未进场' : '已退场'
}

/** How many days of the month somebody should have come and did not. */
export function absentDays(cells: readonly Cell[]): number {
  return cells.filter((cell) => cell.kind === 'absent').length
}
