export interface Cell {
  day: string
  date: number
  /** Of another month: only keeps the grid square. */
  isBlank: boolean
}

/** The weeks of 2026-11, Monday first. */
export function weeksOf(month: string): Cell[][] {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const first = new Date(Date.UTC(year, number - 1, 1))
  const length = new Date(Date.UTC(year, number, 0)).getUTCDate()
  const before = (first.getUTCDay() + 6) % 7
  const cells: Cell[] = []
  for (let at = 0; at < Math.ceil((before + length) / 7) * 7; at++) {
    const date = at - before + 1
    const isBlank = date < 1 || date > length
    cells.push({ day: isBlank ? `blank-${at}` : `${month}-${String(date).padStart(2, '0')}`, date, isBlank })
  }
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}

export function monthOf(day: string, step = 0): string {
  const [year, month] = day.split('-').map(Number) as [number, number]
  const moved = new Date(Date.UTC(year, month - 1 + step, 1))
  return moved.toISOString().slice(0, 7)
}

export type DayLook = 'full' | 'half' | 'none' | 'future' | 'outside'

/** How a day looks in the calendar: there and out again, only one of the two, or not at all. */
export function lookOf(day: string, punched: { first_in: string | null; last_out: string | null; punches: number } | undefined, stay: { from: string; to: string | null; today: string }): DayLook {
  if (day > stay.today) return 'future'
  if (day < stay.from || (stay.to !== null && day > stay.to)) return 'outside'
  if (!punched || punched.punches === 0) return 'none'
  return punched.first_in && punched.last_out ? 'full' : 'half'
}
