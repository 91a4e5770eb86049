import { api, type Page, type Schema } from '@/api'
import { today } from '@/join/validate'

export interface LiveNumbers {
  onSite: number | null
  cameToday: number | null
  people: number | null
  withoutFace: number | null
  crews: number | null
  unsigned: number | null
  red: number
  toReview: number | null
  devicesOff: number | null
}

/** What may not be seen, or is not there, is simply not shown: the rest still is. */
const orNone = <T>(asked: Promise<T>): Promise<T | null> => asked.catch(() => null)

/** The numbers of the home grid, asked at once; one failure that all share is a failure. */
export async function liveNumbers(projectId: string): Promise<LiveNumbers> {
  const path = `/projects/${projectId}`
  const [board, overview, figures, contracts, registrations, devices] = await Promise.all([
    orNone(api.get<Schema<'Board'>>(`${path}/attendance/on-site`)),
    api.get<Schema<'Overview'>>(`${path}/overview`),
    orNone(api.get<Schema<'AttendanceOverview'>>(`${path}/attendance/overview`, { by: 'day', from: today(), to: today() })),
    orNone(api.get<{ unsigned: number; red: number }>(`${path}/contracts/counts`)),
    orNone(api.post<{ submitted: number }>('/registrations/counts', { project_id: projectId }, { key: '' })),
    orNone(api.get<Page<Schema<'DeviceRow'>>>(`${path}/devices`, { state: 'offline', bound: true, page_size: 1 })),
  ])
  const { workers, managers, others } = overview.people
  return {
    onSite: board?.on_site ?? null,
    cameToday: figures?.periods[0]?.total.attended ?? null,
    people: workers + managers + others,
    withoutFace: overview.missing.photo,
    crews: overview.crews,
    unsigned: contracts?.unsigned ?? null,
    red: contracts?.red ?? 0,
    toReview: registrations?.submitted ?? null,
    devicesOff: devices?.total ?? null,
  }
}
