import { describe, expect, test } from 'vitest'
import { toTerms } from './fields'
import { wageOf } from './words'

describe('wages', () => {
  test('are typed in yuan and sent in fen', () => {
    expect(toTerms({ crew_id: 'c', price: 300.05 })).toEqual({ crew_id: 'c', unit_price_fen: 30_005 })
    for (const nothing of [null, undefined, '', 0]) expect(toTerms({ price: nothing })).toEqual({ unit_price_fen: null })
  })

  test('are read as a clerk says them', () => {
    expect(wageOf({ settlement: 'time', unit_price_fen: 30_000, settlement_unit: '天' })).toBe('计时 300 元/天')
    expect(wageOf({ settlement: 'piece', unit_price_fen: null, settlement_unit: null })).toBe('计件')
    expect(wageOf({ settlement: null, unit_price_fen: null, settlement_unit: null })).toBe('')
  })
})
