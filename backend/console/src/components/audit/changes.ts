import type { Schema } from '@/api'
import { dictionary, type DictionaryName } from '../dictionary'
import { formatDateTime, formatText } from '../format'
import { FIELDS, STATES } from './fields'

export interface Change {
  name: string
  before: string
  after: string
}

/** Which dictionary the codes of a field belong to. */
const CODES: Partial<Record<string, DictionaryName>> = {
  category: 'project_categories',
  status: 'project_statuses',
  investment_nature: 'investment_natures',
  structure: 'structures',
  deposit_kind: 'deposit_kinds',
  kind: 'unit_kinds',
  work_type: 'work_types',
  post: 'posts',
  required_posts: 'posts',
  education: 'educations',
  political: 'political',
  marital: 'marital',
  registration_kind: 'registration_kinds',
}
const HIDDEN = /^(id|revision|created_at|updated_at|may_.*)$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-/

/** Before and after, side by side, in people's words; only what differs. */
export function changesOf(entry: Pick<Schema<'AuditView'>, 'before' | 'after' | 'subject_id'>): Change[] {
  const [old, now] = [asRecord(entry.before), asRecord(entry.after)]
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])]
  return names
    .filter((name) => !HIDDEN.test(name) && !isTold(name, names))
    .map((name) => {
      // A rule has one value, and which codes it holds depends on the rule.
      const codes = name === 'value' ? entry.subject_id : name
      return { name: FIELDS[name] ?? name, before: words(old[name], codes), after: words(now[name], codes) }
    })
    .filter((change) => change.before !== change.after)
}

/** `region_code` beside `region_name`, `company_id` beside `company_name`: the name says it. */
function isTold(name: string, names: string[]): boolean {
  const stem = name.replace(/_(code|id)$/, '')
  return names.includes(`${name}_name`) || (stem !== name && names.includes(`${stem}_name`))
}

function asRecord(value: unknown): Record<string, unknown> {
  if (value === null || value === undefined) return {}
  return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : { value }
}

function words(value: unknown, field: string): string {
  if (Array.isArray(value)) return formatText(value.map((part) => words(part, field)))
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value).filter(([, part]) => part !== null && part !== '')
    return parts.map(([name, part]) => `${FIELDS[name] ?? name}：${words(part, name)}`).join('，')
  }
  if (typeof value !== 'string') return formatText(value)
  if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return formatDateTime(value)
  if (UUID.test(value)) return '（已关联）'
  const list = CODES[field]
  // The same name may hold a code of the standard in one subject and a word of ours in another.
  const said = list ? dictionary(list).label(value) : value
  return formatText(STATES[said] ?? said)
}
