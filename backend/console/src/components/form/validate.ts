import type { Field, Values } from './types'

export type Errors = Record<string, string>

const PICKED = new Set(['select', 'radio', 'remote', 'date', 'month', 'region', 'position'])

export function isShown(field: Field, values: Values): boolean {
  return field.visible ? field.visible(values) : true
}

export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (typeof value === 'string') return value.trim() === ''
  return Array.isArray(value) && value.length === 0
}

export function checkField(field: Field, values: Values): string | undefined {
  const value = values[field.key]
  if (!isEmpty(value)) return field.check?.(value, values)
  if (!field.required) return undefined
  if (field.type === 'file') return `请上传${field.label}`
  return `请${PICKED.has(field.type) ? '选择' : '填写'}${field.label}`
}

export function checkAll(fields: readonly Field[], values: Values): Errors {
  const errors: Errors = {}
  for (const field of fields) {
    const reason = isShown(field, values) ? checkField(field, values) : undefined
    if (reason) errors[field.key] = reason
  }
  return errors
}

/** What is sent: only what is shown, text without blanks around it, empty as null. */
export function toPayload(fields: readonly Field[], values: Values): Values {
  const payload: Values = {}
  for (const field of fields) {
    if (!isShown(field, values)) continue
    const value = values[field.key]
    if (typeof value === 'string' && field.type !== 'password') payload[field.key] = value.trim() || null
    else payload[field.key] = value === undefined ? null : value
  }
  return payload
}

export function initialValues(fields: readonly Field[], given: Values): Values {
  const values: Values = { ...given }
  for (const field of fields) values[field.key] = given[field.key] ?? blank(field)
  return values
}

function blank(field: Field): unknown {
  if (field.type === 'switch') return false
  if ('multiple' in field && field.multiple) return []
  // `null` would make a number input show 0 and a text input complain.
  return field.type === 'text' || field.type === 'textarea' ? '' : undefined
}
