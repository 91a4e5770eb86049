import { api, type Page, type Schema } from '@/api'

type Unit = Schema<'Unit'>
const labelOf = (unit: Pick<Unit, 'company_name' | 'kind_name'>) => `${unit.company_name}（${unit.kind_name}）`

/** A project's units to choose from, by part of the company's name. */
export async function loadUnits(projectId: string, company: string, more: Record<string, string> = {}) {
  const page = await api.get<Page<Unit>>(`/projects/${projectId}/units`, { company, page_size: 50, ...more })
  return page.items.map((unit) => ({ value: unit.id, label: labelOf(unit) }))
}

export async function nameOfUnit(projectId: string, id: string): Promise<string> {
  return labelOf(await api.get<Unit>(`/projects/${projectId}/units/${id}`))
}
