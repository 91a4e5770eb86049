import type { Schema } from '@/api'

/* Written by hand until the server's document has them; from then on `Schema<'DayRow'>` and the like. */

export type Direction = 'in' | 'out' | 'turns'
export type Counted = 'came_in' | 'went_out' | 'was_inside' | 'was_outside' | 'repeated'
export type DayState = 'present' | 'incomplete' | 'absent'
export type PunchSource = 'terminal' | 'phone' | 'make_up'

/** Whose attendance it is: somebody's time on this project. */
export interface Somebody {
  entry_id: string
  person_id: string
  person_number: number
  name: string
  id_number: string
  photo_url?: string | null
  kind: Schema<'EntryKind'>
  work_type?: string | null
  post?: string | null
  crew_id: string
  crew_name: string
  unit_id: string
  company_name: string
  entered_on: string
  exited_on?: string | null
}

export interface DayRow extends Somebody {
  first_at?: string | null
  last_at?: string | null
  count: number
  minutes: number
  state: DayState
}

/** One day somebody attended; days without a punch are not sent. */
export interface DayCell {
  day: string
  minutes: number
  count: number
  /** In and not out again. */
  inside: boolean
}

export interface MonthRow extends Somebody {
  days: DayCell[]
  present_days: number
  minutes: number
}

/** Of a punch that was refused as unknown nobody knows whose it is. */
export interface PunchRow {
  id: string
  at: string
  received_at: string
  /** The day it counts for. */
  day: string
  mode: number
  direction: Direction
  source: PunchSource
  refusal?: string | null
  device_id: string
  device_place?: string | null
  photo_url?: string | null
  entry_id?: string | null
  person_id?: string | null
  person_number: number
  name?: string | null
  id_number?: string | null
  kind?: Schema<'EntryKind'> | null
  company_name?: string | null
  crew_name?: string | null
  work_type?: string | null
  post?: string | null
}

/** Nothing in `counted` when it was refused. */
export interface PunchOfDay extends PunchRow {
  counted?: Counted | null
}

export interface Figures {
  /** Who was on the roster, and who of them came at least once. */
  heads: number
  attended: number
  /** Days on the roster of all together, and those on which they came. */
  roster_days: number
  attended_days: number
  minutes: number
  /** From 0 to 1; nothing for a project that is stopped. */
  rate?: number | null
}

export interface CrewFigures extends Figures {
  crew_id: string
  crew_name: string
}

export interface UnitFigures extends Figures {
  unit_id: string
  unit_kind: string
  company_name: string
  crews: CrewFigures[]
}

export interface PeriodFigures {
  from: string
  to: string
  total: Figures
  units: UnitFigures[]
}

export type Step = 'day' | 'week' | 'month'

export interface Overview {
  /** 停工: figures, and no rates. */
  stopped: boolean
  periods: PeriodFigures[]
}

export interface BoardPerson {
  entry_id: string
  person_id: string
  name: string
  photo_url?: string | null
  work_type?: string | null
  post?: string | null
  since: string
}

export interface BoardCrew {
  crew_id: string
  crew_name: string
  crew_kind: Schema<'CrewKind'>
  heads: number
  people: BoardPerson[]
}

export interface BoardUnit {
  unit_id: string
  unit_kind: string
  company_name: string
  heads: number
  on_site: number
  crews: BoardCrew[]
}

export interface Board {
  day: string
  heads: number
  on_site: number
  units: BoardUnit[]
}

export interface ProjectDayRow extends Figures {
  project_id: string
  project_name: string
  region_code: string
  status: string
  stopped: boolean
  devices: number
  devices_online: number
}
