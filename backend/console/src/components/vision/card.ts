import type { Schema } from '@/api'
import type { Values } from '../form/types'

export type CardReading = Schema<'CardReading'>
export type CardSide = 'front' | 'back'

/** A field that somebody has to compare with the card before the form is sent. */
export interface Mark {
  /** What was read, as it stands in the form; '' where nothing could be. */
  value: string
  /** The place on the card, as a data URL. */
  cut: string | null
  /** Whole values that look like the one that was read. */
  options: string[]
  confirmed: boolean
}

export interface Filled {
  values: Values
  marks: Record<string, Mark>
}

/** Birth and sex are the number's. */
const KEYS: Partial<Record<Schema<'CardFieldName'>, string>> = {
  name: 'name',
  nation: 'ethnic',
  address: 'address',
  id_number: 'id_number',
  authority: 'id_authority',
  valid_from: 'id_valid_from',
  valid_until: 'id_valid_until',
}
const WITHOUT_END = '长期'

/** Which picture a side is in the form; one picture of both sides is the front. */
export const FILE_OF: Record<CardSide, string> = { front: 'id_front_file_id', back: 'id_back_file_id' }

export function sideOf(reading: CardReading): CardSide {
  return reading.side === 'back' ? 'back' : 'front'
}

/** What a reading puts into a form that has these fields, and what of it has to be compared with the card. */
export function fillFrom(reading: CardReading, fields: ReadonlySet<string>, ethnicGroups: readonly string[]): Filled {
  const filled: Filled = { values: {}, marks: {} }
  for (const { name, value: read, sure, cut, lookalikes } of reading.fields) {
    const key = KEYS[name]
    if (!key || !fields.has(key)) continue
    const value = name === 'nation' ? ethnicOf(read, ethnicGroups) : read === WITHOUT_END ? '' : read
    const isKnown = value !== '' || read === WITHOUT_END
    if (isKnown) filled.values[key] = value
    if (!sure || !isKnown) {
      const options = lookalikes.filter((other) => other !== value)
      filled.marks[key] = { value, cut: cut ?? null, options, confirmed: false }
    }
  }
  return filled
}

/** The card says 汉, the form 汉族. */
function ethnicOf(read: string, groups: readonly string[]): string {
  return groups.find((group) => group === read || group === `${read}族`) ?? ''
}

/** Whether what was read still stands there and nobody has said that it is right. */
export function isPending(mark: Mark | undefined, value: unknown): boolean {
  return mark !== undefined && !mark.confirmed && String(value ?? '') === mark.value
}

/** Whether a number may be the masked one: 440703********1234. */
export function fitsMask(number: string, masked: string): boolean {
  const letters = [...masked]
  return [...number].length === letters.length && [...number].every((letter, at) => letters[at] === '*' || letters[at] === letter)
}

/** The number on the card, if it has one. */
export function numberOn(reading: CardReading): string {
  return reading.fields.find((field) => field.name === 'id_number')?.value ?? ''
}
