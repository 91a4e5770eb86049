import { cut } from './attendance.ts'
import { chance, PEOPLE, shift, TODAY } from './people.ts'

const days = Array.from({ length: 30 }, (_, at) => {
  const day = shift(TODAY, at - 29)
  return { day, entered: Math.floor(chance('in', day) * 14), exited: Math.floor(chance('out', day) * 8) }
})
const here = PEOPLE.filter((who) => !who.exited_on)
const count = (kind: string) => here.filter((who) => who.kind === kind).length
const people = { workers: count('worker'), managers: count('manager'), others: count('other') }

export const overview = () => ({
  units: 5, crews: 14, people, days,
  missing: { work_type: 2, wage_card: 7, photo: 38, not_uploaded: 0, parties: [], position: false, permit: false, venue_code: true },
})

export const workbench = () => ({
  projects: { total: 8, qualified: 6, by_status: [{ status: '003', projects: 7 }, { status: '005', projects: 1 }] },
  people, days, applications: { pending: 0, newest: [] }, open_alerts: 3,
})

export const keyPosts = () => [{ post: 'P01', people: 3 }, { post: 'P02', people: 0 }]

export const counts = () => ({
  on_site: { total: here.length, worker: people.workers, manager: people.managers, other: people.others },
  exited: { total: PEOPLE.length - here.length, worker: PEOPLE.length - here.length, manager: 0, other: 0 },
  incomplete: 9,
})

export function roster(url: URL) {
  const rows = here.map((who) => ({
    ...who, id: who.entry_id, project_id: 'p1', project_name: '滨河路安置房一期', region_code: '440703', crew_kind: 'workers', unit_kind: '003', sex: chance('sex', who.at) < 0.9 ? 'male' : 'female',
    age: 22 + Math.floor(chance('age', who.at) * 36), ethnic: '汉族', incomplete: chance('inc', who.at) < 0.01 ? ['wage_card'] : [], overage: false, may_manage: true, phone: '138****0000', upload_state: 'uploaded', revision: 1, created_at: `${who.entered_on}T01:00:00Z`,
  }))
  return cut(rows, url)
}
