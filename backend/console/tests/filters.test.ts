import { expect, it } from 'vitest'
import { cellText, emptyValues, fromParameters, parameterNames, toParameters } from '@/components/list/filters'
import type { Filter } from '@/components/list/types'

const filters: Filter[] = [
  { key: 'name', label: '姓名', type: 'text' },
  { key: 'kinds', label: '类型', type: 'select', multiple: true, options: [] },
  { key: 'day', label: '日期', type: 'date-range' },
  { key: 'range', label: '日期', type: 'date-range', names: ['from', 'to'] },
]

it('a range sends two parameters, by the names the server has for them', () => {
  expect(filters.flatMap(parameterNames)).toEqual(['name', 'kinds', 'day_from', 'day_to', 'from', 'to'])
})

it('what goes into the address comes back out of it', () => {
  const values = { name: '王建国', kinds: ['007', '009'], day: ['2026-11-01', '2026-11-02'], range: null }
  const parameters = toParameters(filters, values)
  expect(parameters).toEqual({ name: '王建国', kinds: '007,009', day_from: '2026-11-01', day_to: '2026-11-02' })
  expect(fromParameters(filters, (name) => parameters[name] ?? '')).toEqual(values)
})

it('empty filters leave nothing', () => {
  expect(toParameters(filters, emptyValues(filters))).toEqual({})
  expect(toParameters(filters, { name: '   ' })).toEqual({})
})

it('cells show days and times as China reads them, and a dash for nothing', () => {
  const at = { at: '2026-11-20T16:30:00Z' }
  expect(cellText({ key: 'at', label: '', type: 'datetime' }, at)).toBe('2026-11-21 00:30')
  expect(cellText({ key: 'at', label: '', type: 'date' }, { at: '2026-11-20' })).toBe('2026-11-20')
  expect(cellText({ key: 'gone', label: '' }, at)).toBe('—')
  expect(cellText({ key: 'n', label: '', type: 'number' }, { n: 12345.5 })).toBe('12,345.5')
})
