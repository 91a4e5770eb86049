/** What the phone endpoints say, as long as the OpenAPI document does not say it. */

export interface PhoneSettings {
  name: string
  wechat: { mini_program_id?: string | null; account_id?: string | null; stand_in_url?: string | null } | null
  sms: boolean
  vision: boolean
  templates: { notice: string; template_id: string }[]
}

export interface PhoneToken {
  token: string
  expires_at: string
}

export interface PhoneSession {
  user: {
    id: string
    phone: string | null
    person: { id: string; name: string; id_number: string } | null
    account: { id: string; login: string; name: string; kind: string } | null
  }
  projects: { id: string; name: string }[]
  following: boolean
}

export type JoinState = 'open' | 'revoked' | 'stopped' | 'finished' | 'cancelled'

export interface JoinCrew {
  id: string
  name: string
  unit_name: string
  kind: string
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

export type RegistrationStep = 'card' | 'face' | 'phone' | 'work' | 'submit'
export type RegistrationState = 'draft' | 'to_submit' | 'submitted' | 'refused' | 'approved' | 'withdrawn'

export interface Registration {
  id: string
  revision: number
  state: RegistrationState
  steps: { consent: boolean; card: boolean; face: boolean; phone: boolean; work: boolean }
  next: RegistrationStep | null
  project: { id: string; name: string }
  name: string | null
  id_number: string | null
  phone: string | null
  crew_id: string | null
  crew_name?: string | null
  work_type: string | null
  settlement: 'time' | 'piece' | null
  unit_price_fen: number | null
  settlement_unit: string | null
  bank_name: string | null
  bank_card: string | null
  face: { standing: string; message: string | null } | null
  reason: string | null
  history: { at: string; what: string; reason: string | null }[]
  entry_id: string | null
}

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
  contract: { state: string; level: string | null } | null
  may_punch: boolean
  why_not: string | null
}

export interface MyDay {
  day: string
  first_in: string | null
  last_out: string | null
  minutes: number
  punches: number
}

export type ObjectionState = 'open' | 'accepted' | 'refused'

export interface Objection {
  id: string
  entry_id: string
  day: string
  said: string
  state: ObjectionState
  answer: string | null
  project?: { id: string; name: string } | null
  created_at: string
}

export interface MyMonth {
  days: MyDay[]
  objections: Objection[]
}

export interface MyPunch {
  at: string
  direction: string
  place: string | null
  photo_url: string | null
  refusal: string | null
}

export interface MyContract {
  id: string
  project: { id: string; name: string }
  state: string
  starts_on: string
  ends_on: string | null
  term_kind: string
  settlement: string | null
  unit_price_fen: number | null
  unit: string | null
  signed_on: string | null
  file_url: string | null
}

export interface Look {
  at: string
  who: string
  organisation: string | null
  what: string
}

export interface MyCode {
  svg?: string | null
  png?: string | null
  number: number
}

export interface LoginTicket {
  asked_at: string
  browser: string
  ip: string
  place: string | null
  identity: string | null
  may: boolean
  reason: string | null
}
