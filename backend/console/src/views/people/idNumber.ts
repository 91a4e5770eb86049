import { today } from '@/components/format'

export interface IdFacts {
  sex: 'male' | 'female'
  bornOn: string
  age: number
}

export const YOUNGEST = 16
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECK_DIGITS = '10X98765432'

/** Half-width, upper case, without blanks: as the server reads what people type. */
export function tidyIdNumber(typed: string): string {
  return typed.normalize('NFKC').replace(/[\s\u200B-\u200F\uFEFF]/g, '').toUpperCase()
}

/** What is wrong with an ID number, in the server's words; nothing when it is right. */
export function idNumberProblem(typed: string): string | undefined {
  const text = tidyIdNumber(typed)
  if (/^\d{15}$/.test(text)) return '这是 15 位的一代身份证号码，已停止使用，请填写 18 位身份证号码'
  if (text.length !== 18) return `身份证号码应为 18 位，现在是 ${text.length} 位`
  if (!/^[1-9]\d{16}[\dX]$/.test(text)) return '身份证号码应为 17 位数字加 1 位数字或 X'
  if (!isDay(birthOf(text)) || birthOf(text) > today()) return '身份证号码中的出生日期不存在，请核对第 7 至 14 位'
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(text[at]), 0)
  if (CHECK_DIGITS[sum % 11] !== text[17]) return '身份证号码校验不通过，请逐位核对'
  return undefined
}

/** Birth, sex and age: they are the number's, so nobody types them. */
export function idNumberFacts(typed: string, on = today()): IdFacts | null {
  if (idNumberProblem(typed)) return null
  const text = tidyIdNumber(typed)
  const bornOn = birthOf(text)
  const [year, month, day] = [bornOn, on].map((date) => date.split('-').map(Number)).reduce((born, now) => now.map((part, at) => part - (born[at] ?? 0)))
  const before = (month ?? 0) < 0 || (month === 0 && (day ?? 0) < 0)
  return { sex: Number(text[16]) % 2 === 1 ? 'male' : 'female', bornOn, age: (year ?? 0) - (before ? 1 : 0) }
}

function birthOf(text: string): string {
  return `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}
