import { describe, expect, it } from 'vitest'
import { idNumberFacts, idNumberProblem, tidyIdNumber } from './idNumber'

/** The example printed in GB 11643. */
const STANDARD = '11010519491231002X'

describe('an ID number', () => {
  it('forgives typing habits', () => {
    for (const typed of ['11010519491231002x', ' 110105 19491231 002X　', '１１０１０５１９４９１２３１００２ｘ', '\u200B11010519491231002X']) {
      expect(tidyIdNumber(typed)).toBe(STANDARD)
      expect(idNumberProblem(typed)).toBeUndefined()
    }
  })

  it('says what is wrong with a sentence of its own', () => {
    expect(idNumberProblem('110105491231002')).toContain('15 位')
    expect(idNumberProblem('1101051949123100')).toContain('现在是 16 位')
    expect(idNumberProblem('1101O519491231002X')).toContain('17 位数字')
    expect(idNumberProblem('11010519490230002X')).toContain('出生日期')
    expect(idNumberProblem('11010529990101002X')).toContain('出生日期')
    expect(idNumberProblem('110105194912310021')).toContain('校验')
  })

  it('tells birth, sex and full years', () => {
    expect(idNumberFacts(STANDARD, '2026-12-30')).toEqual({ sex: 'female', bornOn: '1949-12-31', age: 76 })
    expect(idNumberFacts(STANDARD, '2026-12-31')?.age).toBe(77)
    expect(idNumberFacts('11010519491231', '2026-12-31')).toBeNull()
  })
})
