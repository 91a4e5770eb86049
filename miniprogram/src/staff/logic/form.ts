export interface Choice {
  code: string
  name: string
  note?: string
}

/** One line of a form. */
export interface FormField {
  key: string
  label: string
  kind: 'text' | 'number' | 'digit' | 'idcard' | 'pick' | 'date'
  need?: boolean
  choices?: readonly Choice[]
  placeholder?: string
  maxlength?: number
  /** Why what was entered is wrong; null if it is not. */
  check?: (value: string) => string | null
  /** What other fields begin with once this one is chosen. */
  implies?: (value: string) => FormValues
}

export type FormValues = Record<string, string>

/** What stands in the way of sending, by field. */
export function problemsOf(fields: readonly FormField[], values: FormValues): Record<string, string> {
  const problems: Record<string, string> = {}
  for (const { key, label, kind, need, check } of fields) {
    const value = (values[key] ?? '').trim()
    if (!value) {
      if (need) problems[key] = kind === 'pick' || kind === 'date' ? `请选择${label}` : `请填写${label}`
      continue
    }
    const wrong = check?.(value)
    if (wrong) problems[key] = wrong
  }
  return problems
}

/** What is empty is not sent. */
export function filled(values: FormValues): Record<string, string | null> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.trim() || null]))
}
