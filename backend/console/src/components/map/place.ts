import type { Position } from '../form/types'

/** About ten centimetres: more digits say nothing about a building site. */
const DIGITS = 6

export function rounded(longitude: number, latitude: number): Position {
  return { longitude: Number(longitude.toFixed(DIGITS)), latitude: Number(latitude.toFixed(DIGITS)) }
}

/** What somebody typed: `113.081901`, with full-width digits or blanks from a copied text. Nothing when it is no number. */
export function readDegrees(text: string, limit: 180 | 90): number | null {
  const plain = text.normalize('NFKC').trim()
  if (!/^[+-]?\d+(\.\d+)?$/.test(plain)) return null
  const degrees = Number(plain)
  return Math.abs(degrees) <= limit ? degrees : null
}

/** Both at once, as maps give them to the clipboard: `113.0819,22.5789`. */
export function readPair(text: string): Position | null {
  const [first, second, more] = text.normalize('NFKC').split(/[,;、\s]+/).filter(Boolean)
  if (first === undefined || second === undefined || more !== undefined) return null
  const [a, b] = [readDegrees(first, 180), readDegrees(second, 180)]
  if (a === null || b === null) return null
  // In China the longitude is always the larger of the two, whichever way round they were written.
  const [longitude, latitude] = a > b ? [a, b] : [b, a]
  return Math.abs(latitude) <= 90 ? rounded(longitude, latitude) : null
}
