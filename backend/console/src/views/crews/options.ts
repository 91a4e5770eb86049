import { api, type Page, type Schema } from '@/api'

type Crew = Schema<'Crew'>
const labelOf = (crew: Pick<Crew, 'name' | 'company_name'>) => `${crew.name}（${crew.company_name}）`

/** A project's crews to choose from, by part of their name. */
export async function loadCrews(projectId: string, name: string, more: Record<string, string> = {}) {
  const page = await api.get<Page<Crew>>(`/projects/${projectId}/crews`, { name, page_size: 50, ...more })
  return page.items.map((crew) => ({ value: crew.id, label: labelOf(crew) }))
}

export async function nameOfCrew(projectId: string, id: string): Promise<string> {
  return labelOf(await api.get<Crew>(`/projects/${projectId}/crews/${id}`))
}
