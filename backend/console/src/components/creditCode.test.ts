import { describe, expect, it } from 'vitest'
import { checkCreditCode, tidyCreditCode } from './creditCode'

describe('credit code', () => {
  it("passes the standard's example however it is typed", () => {
    for (const typed of ['91350100M000100Y43', '9135 0100-m0001 00y43', '９１３５０１００Ｍ０００１００Ｙ４３']) {
      expect(checkCreditCode(typed)).toBeUndefined()
    }
    expect(tidyCreditCode('9135 0100-m0001 00y43')).toBe('91350100M000100Y43')
  })

  it('says of every mistake what it is', () => {
    expect(checkCreditCode('91350100M000100Y44')).toContain('校验')
    expect(checkCreditCode('91350100M000100Y4')).toContain('17 位')
    expect(checkCreditCode('9135O100M000100Y43')).toContain('不含字母')
    expect(checkCreditCode('9135010AM000100Y43')).toContain('第 3 至 8 位')
    expect(checkCreditCode('91350100M000100Y4#')).toContain('只能由')
  })
})
