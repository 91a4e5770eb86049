/** GB 32100-2015: eighteen characters without I, O, Z, S, V; the last one checks the others. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** What somebody typed or pasted, as the code would be written: half-width, upper case, without blanks and dashes. */
export function tidyCreditCode(typed: string): string {
  return typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '')
}

/** A reason in Chinese why it cannot be a credit code, or nothing when it is one. */
export function checkCreditCode(typed: unknown): string | undefined {
  const code = tidyCreditCode(String(typed ?? ''))
  if (/[IOZSV]/.test(code)) return '不含字母 I、O、Z、S、V，请核对是否为 1、0、2、5、U'
  if (/[^0-9A-Z]/.test(code)) return '只能由数字和大写字母组成'
  if (code.length !== 18) return `应为 18 位，现在是 ${code.length} 位`
  if (code.startsWith('0') || !/^..\d{6}/.test(code)) return '第 1 位不能是 0，第 3 至 8 位应全为数字'
  return hasCheckCharacter(code) ? undefined : '校验不通过，请逐位核对'
}

function hasCheckCharacter(code: string): boolean {
  const sum = WEIGHTS.reduce((sum, weight, at) => sum + weight * ALPHABET.indexOf(code.charAt(at)), 0)
  return ALPHABET.charAt((31 - (sum % 31)) % 31) === code.charAt(17)
}
