import type { CardField, CardValues, WorkValues } from './draft'
import { WITHOUT_END } from './reading'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK = '10X98765432'
const YOUNGEST = 16

/** Why this is no ID number; null if it is one. */
export function idNumberProblem(typed: string): string | null {
  const number = typed.trim().toUpperCase()
  if (!/^\d{17}[\dX]$/.test(number)) return '身份证号码是 18 位'
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(number[at]), 0)
  if (CHECK[sum % 11] !== number[17] || !isDay(birthOf(number))) return '身份证号码有误，请对照证件检查'
  return null
}

export function birthOf(number: string): string {
  return `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
}

export function ageOn(born: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4))
  return day.slice(5) >= born.slice(5) ? years : years - 1
}

export function isDay(text: string): boolean {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!found) return false
  const [, year, month, day] = found.map(Number)
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day))
  return date.getUTCMonth() + 1 === month && date.getUTCDate() === day
}

/** The day in China, whatever the phone's time zone. */
export function today(now: number = Date.now()): string {
  return new Date(now + 8 * 3_600_000).toISOString().slice(0, 10)
}

/** What stands in the way of the card, by field; empty when it may be sent. */
export function cardProblems(card: CardValues, day: string): Partial<Record<CardField, string>> {
  const problems: Partial<Record<CardField, string>> = {}
  if (!/^[\p{Script=Han}·•]{2,30}$/u.test(card.name.trim())) problems.name = '请填写证件上的姓名'
  const number = idNumberProblem(card.id_number)
  if (number) problems.id_number = number
  else if (ageOn(birthOf(card.id_number.toUpperCase()), day) < YOUNGEST) problems.id_number = '未满 16 周岁，不能登记'
  if (!card.ethnic) problems.ethnic = '请选择民族'
  if (card.id_valid_from && !isDay(card.id_valid_from)) problems.id_valid_from = '日期写成 2026-01-31 这样'
  const until = card.id_valid_until
  if (until && until !== WITHOUT_END) {
    if (!isDay(until)) problems.id_valid_until = '日期写成 2026-01-31 这样'
    else if (until < day) problems.id_valid_until = '身份证已过期，请换用有效证件'
  }
  return problems
}

export function isMobile(typed: string): boolean {
  return /^1[3-9]\d{9}$/.test(typed.trim())
}

/** Why this is no bank card number; null if it is one. */
export function bankCardProblem(typed: string): string | null {
  const digits = typed.replace(/\s/g, '')
  if (!/^\d{12,19}$/.test(digits)) return '银行卡号是 12 到 19 位数字'
  return luhn(digits) ? null : '银行卡号有误，请对照卡片检查'
}

function luhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, letter, at) => {
    const doubled = at % 2 === 1 ? Number(letter) * 2 : Number(letter)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return sum % 10 === 0
}

/** Yuan as typed, in fen; null where it is no price. */
export function fenOf(typed: string): number | null {
  return /^\d{1,7}(\.\d{1,2})?$/.test(typed.trim()) ? Math.round(Number(typed) * 100) : null
}

export function payProblems(work: WorkValues): Partial<Record<keyof WorkValues, string>> {
  const problems: Partial<Record<keyof WorkValues, string>> = {}
  if (!work.settlement) problems.settlement = '请选择工资怎么算'
  if (work.price && !fenOf(work.price)) problems.price = '请填写金额，例如 320'
  if (work.bank_card) {
    const problem = bankCardProblem(work.bank_card)
    if (problem) problems.bank_card = problem
    else if (!work.bank_name) problems.bank_name = '请选择开户银行'
  }
  return problems
}
