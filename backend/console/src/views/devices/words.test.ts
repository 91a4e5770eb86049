import { expect, it } from 'vitest'
import { adviceOf, lastedWords } from '../alerts/words'
import { summed } from '../workbench/useRegionToday'
import type { PushProgress } from './types'
import { clockWords, isClockOff, isUnderWay, listWords, stageWords } from './words'

it('a clock is fast, slow or right', () => {
  expect([0, -1, 3, -119, 312, -7300, null].map(clockWords)).toEqual(['准', '准', '快 3 秒', '慢 119 秒', '快 5 分钟', '慢 2 小时', '—'])
  expect([120, 121, -121, null].map((clock_offset_seconds) => isClockOff({ clock_offset_seconds }))).toEqual([false, true, true, false])
})

it('a list says who is missing', () => {
  const list = (list_state: 'up_to_date' | 'out_of_date' | 'never', list_count: number | null, expected_count: number | null) =>
    listWords({ kind: 'attendance', list_state, list_count, expected_count }).text
  expect(list('up_to_date', 9, 9)).toBe('名单一致')
  expect(list('out_of_date', 6, 9)).toBe('缺 3 人')
  expect(list('out_of_date', 10, 9)).toBe('多 1 人')
  expect(list('out_of_date', 9, 9)).toBe('照片待更新')
  expect(list('never', null, null)).toBe('还没有取过名单')
  expect(listWords({ kind: 'collection', list_state: 'never' }).text).toBe('不需要名单')
})

it('a push is watched while a device that is there may still move', () => {
  const of = (stage: PushProgress['stage'], state: PushProgress['state'] = 'online') => ({ stage, state, missing: 3, expected: 9 }) as PushProgress
  expect(stageWords(of('waiting', 'offline')).text).toBe('设备不在线，上线后自动更新')
  expect(stageWords(of('listed')).text).toBe('正在取人员，还缺 3 人')
  expect([of('not_asked'), of('waiting'), of('waiting', 'offline'), of('listed'), of('done')].map(isUnderWay)).toEqual([false, true, false, true, false])
})

it('an alert says what to do, and how long it has lasted', () => {
  const unknown = { serial: null, place: null, since: null, offset_seconds: null, devices: null }
  expect(adviceOf({ kind: 'clock_off', details: { ...unknown, offset_seconds: -312 } })).toContain('时钟慢 5 分钟')
  expect(adviceOf({ kind: 'project_dark', details: { ...unknown, devices: 4 } })).toContain('全部 4 台考勤设备都已离线超过两天')
  const over = { kind: 'clock_off', details: { ...unknown, offset_seconds: 300 }, closed_at: '2026-11-20T00:40:00Z' } as const
  expect(adviceOf(over)).toBe('时钟曾快 5 分钟，现已准确。')
  const opened_at = '2026-11-20T00:00:00Z'
  expect(lastedWords({ opened_at, closed_at: '2026-11-20T00:40:00Z' })).toBe('40 分钟')
  expect(lastedWords({ opened_at }, Date.parse('2026-11-20T03:20:00Z'))).toBe('3 小时 20 分')
  expect(lastedWords({ opened_at }, Date.parse('2026-11-23T05:00:00Z'))).toBe('3 天 5 小时')
})

it('projects that are stopped attend, and count in no rate', () => {
  const row = (attended: number, due: number, stopped: boolean) => ({ attended, attended_days: attended, roster_days: due, stopped })
  expect(summed([row(9, 10, false), row(5, 50, true)])).toEqual({ attended: 14, rate: 0.9 })
  expect(summed([row(5, 50, true)]).rate).toBeNull()
})
