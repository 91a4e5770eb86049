import type { components } from './schema'

/**
 * What the phone endpoints say. Written by hand beside the servers' branches; whatever the OpenAPI document has by the same
 * name takes its place here, line by line.
 */

export interface PhoneSettings {
  name: string
  demo?: boolean
  wechat: { mini_program_id: string | null; account_id: string | null; stand_in_url: string | null } | null
  sms: boolean
  vision: boolean
  templates: { notice: string; template_id: string }[]
  upload_limit?: number
}

/** The token is in this answer and nowhere else. */
export interface PhoneToken {
  token: string
  expires_at: string
}

export interface PhoneUser {
  id: string
  phone: string | null
  person: { id: string; name: string; id_number: string } | null
  account: { id: string; login: string; name: string; kind: string; must_change_password?: boolean } | null
}

export interface PhoneSession {
  user: PhoneUser
  projects: { id: string; name: string }[]
  following: boolean
}

export type JoinState = 'open' | 'revoked' | 'stopped' | 'finished' | 'cancelled'

export interface JoinCrew {
  id: string
  name: string
  unit_name: string
  unit_kind: string
  kind: 'management' | 'workers' | 'others'
  work_type: string | null
}

export interface JoinInfo {
  code: string
  project: { id: string; name: string; address: string | null; contractor: string | null }
  state: JoinState
  message: string | null
  consent: { version: string; text: { title: string; text: string }[] }
  crews: JoinCrew[]
  registration: Registration | null
}

export type RegistrationState = 'draft' | 'to_submit' | 'submitted' | 'refused' | 'approved' | 'withdrawn'

/** A registration as its own phone sees it; numbers are masked. */
export interface Registration {
  id: string
  revision: number
  state: RegistrationState
  project: { id: string; name: string }
  steps: { consent: boolean; card: boolean; face: boolean; phone: boolean; work: boolean }
  next: 'card' | 'face' | 'phone' | 'work' | 'submit' | null
  missing?: string[]
  name: string | null
  id_number: string | null
  phone: string | null
  crew_id: string | null
  crew_name: string | null
  work_type: string | null
  settlement: 'time' | 'piece' | null
  unit_price_fen: number | null
  settlement_unit: string | null
  bank_name: string | null
  bank_card: string | null
  face: { standing: string | null; message: string | null } | null
  reason: string | null
  history: { at: string; what: string; who: string; reason: string | null }[]
  entry_id: string | null
}

export type ContractLevel = 'fresh' | 'yellow' | 'orange' | 'red'

export interface MyProject {
  entry_id: string
  project: { id: string; name: string }
  crew: string
  unit: string
  work_type: string | null
  post: string | null
  entered_on: string
  exited_on: string | null
  days_this_month: number
  contract: { state: 'reset' | 'active' | 'terminated' | null; level: ContractLevel | null } | null
  may_punch: boolean
  why_not: string | null
}

export interface MyDay {
  day: string
  first_in: string | null
  last_out: string | null
  minutes: number
  punches: number
  inside?: boolean
}

export interface Objection {
  id: string
  entry_id: string
  project_name: string
  day: string
  said: string
  state: 'open' | 'accepted' | 'refused'
  answer: string | null
  created_at: string
}

export interface MyMonth {
  days: MyDay[]
  present_days?: number
  minutes?: number
  objections: Objection[]
}

/** A punch of one's day, as the console has it. */
export type MyPunch = Pick<components['schemas']['PunchOfDay'], 'id' | 'at' | 'direction' | 'device_place' | 'photo_url' | 'refusal' | 'counted'>

export interface MyContract {
  id: string
  entry_id: string
  project: { id: string; name: string }
  state: 'reset' | 'active' | 'terminated'
  expired: boolean
  term_kind: 'fixed' | 'open' | 'task'
  term_kind_name: string
  starts_on: string
  ends_on: string | null
  unit_price_fen: number | null
  settlement_unit: string | null
  signed_on: string
  terminated_on: string | null
  pdf: components['schemas']['FileView'] | null
}

export interface Look {
  at: string
  who: string
  organisation: string | null
  what: string
  reason: string | null
}

export interface MyCode {
  number: number
  name: string
  /** A picture as a `data:` URL. */
  picture: string
}

/** What a screen asks this phone to confirm. */
export interface LoginTicket {
  asked_at: string
  expires_at: string
  browser: string
  ip: string
  place: string | null
  who: { name: string; detail: string } | null
  may: boolean
  reason: string | null
}
