import type { Schema } from '@/api'
import type { CardField, CardValues, Side } from './draft'

export type CardReading = Schema<'CardReading'>

/** A field that somebody has to compare with the card. */
export interface Mark {
  /** What was read, as it stands in the form; '' where nothing could be. */
  value: string
  /** The place on the card, as a data URL. */
  cut: string | null
  /** Whole values that look like the one that was read. */
  options: string[]
  confirmed: boolean
}

export const WITHOUT_END = '长期'

/** Birth and sex are the number's. */
const FIELD_OF: Partial<Record<Schema<'CardFieldName'>, CardField>> = {
  name: 'name',
  nation: 'ethnic',
  address: 'address',
  id_number: 'id_number',
  authority: 'id_authority',
  valid_from: 'id_valid_from',
  valid_until: 'id_valid_until',
}

export const FIELDS_OF: Record<Side, readonly CardField[]> = {
  front: ['name', 'id_number', 'ethnic', 'address'],
  back: ['id_authority', 'id_valid_from', 'id_valid_until'],
}

export interface Filled {
  card: CardValues
  marks: Partial<Record<CardField, Mark>>
}

/** What a reading puts into the card's fields, and what of it has to be compared with the card. */
export function fillFrom(reading: CardReading, before: Filled, ethnicGroups: readonly string[]): Filled {
  const card = { ...before.card }
  const marks = { ...before.marks }
  for (const { name, value: read, sure, cut, lookalikes } of reading.fields) {
    const field = FIELD_OF[name]
    if (!field) continue
    const value = name === 'nation' ? ethnicOf(read, ethnicGroups) : read
    if (value !== '') card[field] = value
    if (sure && value !== '') Reflect.deleteProperty(marks, field)
    else marks[field] = { value, cut: cut ?? null, options: lookalikes.filter((other) => other !== value), confirmed: false }
  }
  return { card, marks }
}

/** The card says 汉, the form 汉族. */
function ethnicOf(read: string, groups: readonly string[]): string {
  return groups.find((group) => group === read || group === `${read}族`) ?? (groups.length === 0 && read ? `${read}族` : '')
}

/** Whether what was read still stands there and nobody has said that it is right. */
export function isPending(mark: Mark | undefined, value: string): boolean {
  return mark !== undefined && !mark.confirmed && value === mark.value
}

/** The sides that a picture shows. */
export function sidesOf(reading: CardReading): Side[] {
  return reading.side === 'both' ? ['front', 'back'] : [reading.side]
}
