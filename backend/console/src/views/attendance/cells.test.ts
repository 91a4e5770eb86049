import { describe, expect, it } from 'vitest'
import { absentDays, cellsOf } from './cells'
import { daysOfMonth } from './days'
import type { DayCell } from './types'

const TODAY = '2026-11-20'
const days = daysOfMonth('2026-11')
const cell = (day: number, minutes: number, count = 2, inside = false): DayCell => ({
  day: `2026-11-${String(day).padStart(2, '0')}`, minutes, count, inside,
})
const of = (cells: DayCell[], stay: { entered_on: string; exited_on?: string } = { entered_on: '2026-01-01' }, shows: 'hours' | 'presence' = 'hours') =>
  cellsOf({ ...stay, days: cells }, days, TODAY, shows)
const kinds = (cells: ReturnType<typeof of>, ...at: number[]) => at.map((day) => cells[day - 1]?.kind)

describe('a month of somebody', () => {
  it('is green by the hours worked', () => {
    const cells = of([cell(2, 239), cell(3, 240), cell(4, 599), cell(5, 600)])
    expect(kinds(cells, 2, 3, 4, 5)).toEqual(['short', 'usual', 'usual', 'long'])
    expect([2, 3, 4, 5].map((day) => cells[day - 1]?.text)).toEqual(['4', '4', '10', '10'])
    expect(cells[2]?.title).toBe('11月3日 周二 4 小时，打卡 2 次')
  })

  it('is grey only for days on the roster that are over', () => {
    const cells = of([], { entered_on: '2026-11-10', exited_on: '2026-11-18' })
    expect(kinds(cells, 9, 10, 18, 19, 20)).toEqual(['outside', 'absent', 'absent', 'outside', 'outside'])
    expect(absentDays(cells)).toBe(9)
    expect(cells[8]?.title).toContain('尚未进场')
    expect(cells[18]?.title).toContain('已退场')
  })

  it('nobody is absent today, or tomorrow', () => {
    const cells = of([])
    expect(kinds(cells, 19, 20, 21)).toEqual(['absent', 'outside', 'outside'])
    expect(cells[19]?.title).toContain('今日尚未打卡')
  })

  it('a punch is missing when somebody came and did not leave, once the day is over', () => {
    const cells = of([cell(3, 0, 1, true), cell(4, 240, 3, true), cell(5, 0, 1, false), cell(20, 240, 3, true)])
    expect(kinds(cells, 3, 4, 5, 20)).toEqual(['incomplete', 'incomplete', 'incomplete', 'inside'])
    expect([3, 4, 5, 20].map((day) => cells[day - 1]?.text)).toEqual(['缺', '4', '缺', '4'])
  })

  it('shows whether somebody was there, where hours do not matter', () => {
    const cells = of([cell(3, 480), cell(4, 0, 1, true), cell(20, 0, 1, true)], undefined, 'presence')
    expect([3, 4, 20].map((day) => cells[day - 1]?.text)).toEqual(['✓', '缺', '在'])
  })

  it('a day with nothing but punches that do not count is a day of absence', () => {
    expect(kinds(of([cell(3, 0, 0)]), 3)).toEqual(['absent'])
  })
})
