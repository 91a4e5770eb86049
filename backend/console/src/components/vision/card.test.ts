import { expect, it } from 'vitest'
import { fillFrom, fitsMask, isPending, sideOf, type CardReading } from './card'

type Field = CardReading['fields'][number]

const field = (name: Field['name'], value: string, rest: Partial<Field> = {}): Field => ({ name, value, confidence: 0.99, sure: true, cut: null, lookalikes: [], ...rest })

const reading = (...fields: Field[]) => ({ side: 'front', temporary: false, fields, warnings: [], model: 'x@1', picture: {}, portrait: null }) as unknown as CardReading

const FORM = new Set(['name', 'ethnic', 'id_number', 'address', 'id_valid_from', 'id_valid_until'])
const GROUPS = ['汉族', '维吾尔族', '其他']

it('what stands on the card goes into the fields the form has', () => {
  const filled = fillFrom(reading(field('name', '冼星海'), field('nation', '维吾尔'), field('sex', '男'), field('authority', '江门市公安局'), field('valid_until', '2030-01-02')), FORM, GROUPS)
  expect(filled.values).toEqual({ name: '冼星海', ethnic: '维吾尔族', id_valid_until: '2030-01-02' })
  expect(filled.marks).toEqual({})
})

it('a card without an end empties the day and is no question', () => {
  expect(fillFrom(reading(field('valid_until', '长期')), FORM, GROUPS)).toEqual({ values: { id_valid_until: '' }, marks: {} })
})

it('what is not sure is marked with its place on the card and what else it may be', () => {
  const { values, marks } = fillFrom(reading(field('name', '洗星海', { sure: false, cut: 'data:x', lookalikes: ['冼星海', '洗星海'] })), FORM, GROUPS)
  expect(values['name']).toBe('洗星海')
  expect(marks['name']).toEqual({ value: '洗星海', cut: 'data:x', options: ['冼星海'], confirmed: false })
})

it('a nation nobody knows is marked, however sure the reader is, and changes nothing', () => {
  const { values, marks } = fillFrom(reading(field('nation', '汊')), FORM, GROUPS)
  expect(values).toEqual({})
  expect(marks['ethnic']).toMatchObject({ value: '' })
})

it('a mark is open until the value is another one or somebody has said that it is right', () => {
  const mark = { value: '洗星海', cut: null, options: [], confirmed: false }
  expect(isPending(mark, '洗星海')).toBe(true)
  expect(isPending(mark, '冼星海')).toBe(false)
  expect(isPending({ ...mark, confirmed: true }, '洗星海')).toBe(false)
  expect(isPending(undefined, '洗星海')).toBe(false)
})

it('a number is compared with a masked one', () => {
  expect(fitsMask('440703199001011234', '440***********1234')).toBe(true)
  expect(fitsMask('440703199001011235', '440***********1234')).toBe(false)
  expect(fitsMask('4407031990010112', '440***********1234')).toBe(false)
})

it('one picture of both sides is the front', () => {
  expect(sideOf({ ...reading(), side: 'both' })).toBe('front')
  expect(sideOf({ ...reading(), side: 'back' })).toBe('back')
})
