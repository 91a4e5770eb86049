import { expect, it } from 'vitest'
import { ageOn, bankCardProblem, cardProblems, fenOf, idNumberProblem, isMobile, payProblems, today } from '@/join/validate'

const CARD = { name: '王建国', id_number: '11010519491231002X', ethnic: '汉族', address: '', id_authority: '', id_valid_from: '', id_valid_until: '长期' }
const WORK = { crew_id: 'c', crew_name: '', work_type: '010', work_name: '', settlement: 'time' as const, price: '', settlement_unit: '', bank_name: '', bank_card: '' }

it.each([
  ['11010519491231002X', null],
  ['11010519491231002x', null],
  ['110105194912310021', '身份证号码有误，请对照证件检查'],
  ['11010519491331002X', '身份证号码有误，请对照证件检查'],
  ['1101051949', '身份证号码是 18 位'],
])('ID number %s: %s', (number, problem) => expect(idNumberProblem(number)).toBe(problem))

it('age counts from the birthday', () => {
  expect(ageOn('2010-11-26', '2026-11-25')).toBe(15)
  expect(ageOn('2010-11-26', '2026-11-26')).toBe(16)
})

it('a card that is right has no problem', () => expect(cardProblems(CARD, '2026-11-26')).toEqual({}))

it('each thing that is wrong with a card is said at its field', () => {
  expect(cardProblems({ ...CARD, name: '王', ethnic: '', id_valid_until: '2020-01-01' }, '2026-11-26')).toEqual({
    name: '请填写证件上的姓名',
    ethnic: '请选择民族',
    id_valid_until: '身份证已过期，请换用有效证件',
  })
})

it('names with a dot and rare characters are names', () => {
  expect(cardProblems({ ...CARD, name: '阿卜杜拉·买买提' }, '2026-11-26')).toEqual({})
  expect(cardProblems({ ...CARD, name: '王𬱖' }, '2026-11-26')).toEqual({})
})

it('somebody under 16 is told so', () => {
  expect(cardProblems({ ...CARD, id_number: '110105201501010017' }, '2026-11-26').id_number).toBe('未满 16 周岁，不能登记')
})

it('prices are yuan with at most two places', () => {
  expect(fenOf('320')).toBe(32_000)
  expect(fenOf('0.29')).toBe(29)
  expect(fenOf('3.141')).toBeNull()
  expect(fenOf('三百')).toBeNull()
})

it('a wage card is checked only where one is given', () => {
  expect(payProblems(WORK)).toEqual({})
  expect(payProblems({ ...WORK, settlement: '' })).toEqual({ settlement: '请选择工资怎么算' })
  expect(payProblems({ ...WORK, bank_card: '6222 0000 0000 0000' })).toEqual({ bank_card: '银行卡号有误，请对照卡片检查' })
  expect(bankCardProblem('6228 4800 0000 0000 018')).toBe(bankCardProblem('6228480000000000018'))
})

it('mobile numbers', () => {
  expect(isMobile('13800138000')).toBe(true)
  expect(isMobile('12345678901')).toBe(false)
})

it('the day is that of China', () => expect(today(Date.parse('2026-11-26T17:00:00Z'))).toBe('2026-11-27'))
