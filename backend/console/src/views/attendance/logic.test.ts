import { describe, expect, it } from 'vitest'
import { narrowed } from './board/narrow'
import { daysOfMonth, mondayOf, plusDays, spokenDay } from './days'
import { moved } from './grid/keys'
import { rowsInSight } from './grid/window'
import { merged, newcomers } from './live/feed'
import { initialRange, longName, shortName } from './overview/periods'
import { nothingWords, totalsOf } from './totals'
import type { Board, PunchOfDay, PunchRow } from './types'
import { clockOf, durationOf, hoursOf, percentOf } from './words'

describe('days', () => {
  it('a month has its own length, and its weekends', () => {
    expect(daysOfMonth('2026-02')).toHaveLength(28)
    expect(daysOfMonth('2028-02')).toHaveLength(29)
    expect(daysOfMonth('2026-11').filter((day) => day.weekend).map((day) => day.number)).toEqual([1, 7, 8, 14, 15, 21, 22, 28, 29])
    expect(spokenDay('2026-11-21')).toBe('11月21日 周六')
  })

  it('are counted across months and years', () => {
    expect(plusDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(mondayOf('2026-11-22')).toBe('2026-11-16')
    expect(mondayOf('2026-11-16')).toBe('2026-11-16')
  })
})

describe('words', () => {
  it('say hours as a clerk does', () => {
    expect([0, 59, 60, 510, 61].map(durationOf)).toEqual(['0 分钟', '59 分钟', '1 小时', '8 小时 30 分', '1 小时 1 分'])
    expect([0, 240, 510, 605].map(hoursOf)).toEqual(['0', '4', '8.5', '10.1'])
  })

  it('name no rate where none is reckoned', () => {
    expect([0.9236, 1, 0, null, undefined].map(percentOf)).toEqual(['92.4%', '100%', '0%', '—', '—'])
  })

  it('a night shift ends on the next day', () => {
    expect(clockOf('2026-11-20T11:00:00Z', '2026-11-20')).toBe('19:00')
    expect(clockOf('2026-11-20T18:10:00Z', '2026-11-20')).toBe('次日 02:10')
    expect(clockOf(null, '2026-11-20')).toBe('')
  })
})

describe('a day behind a cell', () => {
  const punch = (at: string, counted: PunchOfDay['counted']) => ({ at: `2026-11-20T${at}:00Z`, counted }) as PunchOfDay

  it('comes to what the grid says', () => {
    const totals = totalsOf([
      punch('00:00', 'came_in'), punch('00:01', 'repeated'), punch('01:00', null), punch('04:00', 'went_out'),
      punch('05:00', 'came_in'), punch('05:30', 'was_inside'), punch('09:30', 'went_out'),
    ])
    expect(totals).toMatchObject({ count: 5, minutes: 510, inside: false, last: '2026-11-20T09:30:00Z' })
  })

  it('does not count an open end, nor a way out without a way in', () => {
    expect(totalsOf([punch('00:00', 'was_outside'), punch('01:00', 'came_in')])).toMatchObject({ count: 2, minutes: 0, inside: true })
    expect(totalsOf([punch('00:00', 'came_in')]).last).toBeUndefined()
    expect(totalsOf([])).toEqual({ first: undefined, last: undefined, count: 0, minutes: 0, inside: false })
  })
})

it('a day without punches says why', () => {
  const stay = { entered_on: '2026-11-05', exited_on: '2026-11-18' }
  const titles = ['2026-11-04', '2026-11-05', '2026-11-19', '2026-11-20', '2026-11-21'].map((day) => nothingWords(stay, day, '2026-11-20').title)
  expect(titles).toEqual(['这一天尚未进场', '这一天没有打卡', '这一天已经退场', '这一天已经退场', '这一天还没有到'])
})

describe('the grid', () => {
  it('draws what is in sight, and a little more', () => {
    expect(rowsInSight(0, 440, 44, 1000)).toEqual([0, 18])
    expect(rowsInSight(4_400, 440, 44, 1000)).toEqual([92, 118])
    expect(rowsInSight(43_560, 440, 44, 1000)).toEqual([982, 999])
    expect(rowsInSight(0, 440, 44, 3)).toEqual([0, 2])
    expect(rowsInSight(0, 440, 44, 0)).toEqual([0, -1])
  })

  it('is walked with the keyboard, and has edges', () => {
    const from = { row: 4, column: 30 }
    expect(moved(from, 'ArrowRight', 1000, 31)).toEqual({ row: 4, column: 30 })
    expect(moved(from, 'Home', 1000, 31)).toEqual({ row: 4, column: 0 })
    expect(moved(from, 'PageUp', 1000, 31)).toEqual({ row: 0, column: 30 })
    expect(moved(from, 'PageDown', 8, 31)).toEqual({ row: 7, column: 30 })
    expect(moved(from, 'a', 1000, 31)).toBeNull()
  })
})

describe('the feed', () => {
  const punch = (id: string, received: string) => ({ id, at: '2026-11-20T08:00:00Z', received_at: `2026-11-20T${received}Z` }) as PunchRow

  it('has each punch once, the newest received first', () => {
    const shown = [punch('b', '08:01:00.5'), punch('a', '08:01:00')]
    const read = [punch('c', '08:02:00'), punch('b', '08:01:00.5')]
    expect(merged(shown, read).map(({ id }) => id)).toEqual(['c', 'b', 'a'])
    expect(newcomers(shown, read).map(({ id }) => id)).toEqual(['c'])
  })

  it('does not grow for ever', () => {
    const many = Array.from({ length: 300 }, (_, at) => punch(String(at), `0${8 + Math.floor(at / 60)}:${String(at % 60).padStart(2, '0')}:00`))
    expect(merged([], many)).toHaveLength(200)
    expect(merged([], many)[0]?.id).toBe('299')
  })
})

it('the board is narrowed to a name', () => {
  const person = (name: string) => ({ entry_id: name, person_id: name, name, since: '' })
  const crew = (crew_name: string, ...people: string[]) => ({ crew_id: crew_name, crew_name, crew_kind: 'workers' as const, heads: 9, people: people.map(person) })
  const units = [
    { unit_id: '1', unit_kind: '003', company_name: '甲', heads: 18, on_site: 2, crews: [crew('空'), crew('钢筋', '王建国', '李明')] },
    { unit_id: '2', unit_kind: '003', company_name: '乙', heads: 9, on_site: 1, crews: [crew('木工', '张伟')] },
  ]
  const board: Board = { day: '2026-11-20', heads: 27, on_site: 3, units }
  expect(narrowed(board, '').map((unit) => unit.crews.map((one) => one.crew_name))).toEqual([['钢筋', '空'], ['木工']])
  expect(narrowed(board, ' 王 ').flatMap((unit) => unit.crews.flatMap((one) => one.people.map(({ name }) => name)))).toEqual(['王建国'])
  expect(narrowed(board, '赵')).toEqual([])
})

describe('periods', () => {
  it('begin with a month of days, a quarter of weeks, a year of months', () => {
    expect(initialRange('day', '2026-11-20')).toEqual(['2026-10-22', '2026-11-20'])
    expect(initialRange('week', '2026-11-20')).toEqual(['2026-08-31', '2026-11-20'])
    expect(initialRange('month', '2026-11-20')).toEqual(['2025-12-01', '2026-11-20'])
    expect(initialRange('month', '2026-12-05')).toEqual(['2026-01-01', '2026-12-05'])
  })

  it('are named short below a bar and in full above a table', () => {
    const week = { from: '2026-11-16', to: '2026-11-20' }
    expect([shortName(week, 'week'), shortName(week, 'month'), shortName(week, 'day')]).toEqual(['11/16–11/20', '2026/11', '11/16'])
    expect(longName(week, 'week')).toBe('2026年11月16日 至 11月20日')
    expect(longName({ from: '2026-11-16', to: '2026-11-16' }, 'day')).toBe('2026年11月16日')
    expect(longName(week, 'month')).toBe('2026年11月')
  })
})
