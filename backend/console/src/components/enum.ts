export type Tone = 'success' | 'warning' | 'danger' | 'primary' | 'info'

export interface Option {
  value: string
  label: string
  disabled?: boolean
}

export interface EnumEntry {
  label: string
  tone?: Tone
}

/** The words and colours of one of the server's enumerations: feeds tags, filters and select fields alike. */
export interface EnumMap {
  options: Option[]
  label: (value: unknown) => string
  tone: (value: unknown) => Tone
}

/**
 *     export const projectStatus = defineEnum({ active: { label: '在建', tone: 'success' }, stopped: { label: '停工' } })
 */
export function defineEnum(entries: Record<string, EnumEntry | string>): EnumMap {
  const known = new Map(
    Object.entries(entries).map(([value, entry]) => [value, typeof entry === 'string' ? { label: entry } : entry]),
  )
  return {
    options: [...known].map(([value, entry]) => ({ value, label: entry.label })),
    // A value newer than this page is shown as it came rather than hidden.
    label: (value) => (isMissing(value) ? '—' : (known.get(String(value))?.label ?? String(value))),
    tone: (value) => known.get(String(value))?.tone ?? 'info',
  }
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || value === ''
}
