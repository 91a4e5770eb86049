import { api, type Page, type Schema } from '@/api'
import { idNumberProblem } from '@/join/validate'

export type Entry = Schema<'RosterRow'>
export type Crew = Schema<'Crew'>
export type Unit = Schema<'Unit'>

/** What was typed into the search: an ID number, a card's number, or a name. */
export type Wanted = { kind: 'id_number' | 'card_number' | 'name'; value: string } | null

export function wantedOf(typed: string): Wanted {
  const value = typed.trim().toUpperCase()
  if (!value) return null
  if (/^\d{17}[\dX]$/.test(value)) return { kind: 'id_number', value }
  return /^[A-Z]?\d{3,}$/.test(value) ? { kind: 'card_number', value } : { kind: 'name', value: typed.trim() }
}

export type RosterFilter = Partial<Schema<'RosterFilter'>>

/** People of a project by name, by card, or by the whole ID number; the number goes in a body and never into an address. */
export async function searchRoster(path: string, filter: RosterFilter, typed: string, query: { page: number; page_size: number }): Promise<Page<Entry>> {
  const wanted = wantedOf(typed)
  if (wanted?.kind === 'id_number') return byIdNumber(path, filter, wanted.value)
  const body = { ...filter, ...(wanted && { [wanted.kind]: wanted.value }) }
  return api.post<Page<Entry>>(`${path}/roster/search`, body, { query, key: '' })
}

async function byIdNumber(path: string, filter: RosterFilter, number: string): Promise<Page<Entry>> {
  const none: Page<Entry> = { items: [], total: 0, page: 1, page_size: 0 }
  if (idNumberProblem(number)) return none
  const found = await api.post<Schema<'LookupAnswer'>>('/people/lookup', { id_number: number }, { key: '' })
  if (!found.person_id || !found.name) return none
  const named = await api.post<Page<Entry>>(`${path}/roster/search`, { ...filter, name: found.name }, { query: { page: 1, page_size: 50 }, key: '' })
  const items = named.items.filter((entry) => entry.person_id === found.person_id)
  return { ...named, items, total: items.length }
}

export async function crewsOf(path: string, query: Record<string, string> = {}): Promise<Crew[]> {
  return (await api.get<Page<Crew>>(`${path}/crews`, { presence: 'on_site', page_size: 100, ...query })).items
}

export async function unitsOf(path: string): Promise<Unit[]> {
  return (await api.get<Page<Unit>>(`${path}/units`, { presence: 'on_site', page_size: 100 })).items
}

export const KIND_WORDS: Record<string, string> = { worker: '务工人员', manager: '管理人员', other: '其他人员' }
export const LACK_WORDS: Record<string, string> = { work_type: '缺工种', wage_card: '缺工资卡' }
