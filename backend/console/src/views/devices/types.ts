/* Written by hand until the server's document has them; from then on `Schema<'DeviceRow'>` and the like. */

export type DeviceKind = 'attendance' | 'collection' | 'mobile'
export type Direction = 'in' | 'out' | 'turns'
export type OnlineState = 'online' | 'offline' | 'never'
export type ListState = 'up_to_date' | 'out_of_date' | 'never'

export interface DeviceRow {
  id: string
  project_id: string
  project_name: string
  vendor_code: string
  vendor_name: string
  serial: string
  kind: DeviceKind
  place: string
  direction: Direction
  model?: string | null
  state: OnlineState
  online_since?: string | null
  offline_since?: string | null
  last_seen_at?: string | null
  address?: string | null
  /** How far its clock is ahead of ours. */
  clock_offset_seconds?: number | null
  last_punch_at?: string | null
  list_count?: number | null
  expected_count?: number | null
  list_state: ListState
  listed_at?: string | null
  push_requested_at?: string | null
  replaces_id?: string | null
  unbound_at?: string | null
  unbound_reason?: string | null
  created_at: string
  revision: number
}

export interface EarlierDevice {
  id: string
  serial: string
  model?: string | null
  created_at: string
  unbound_at?: string | null
  unbound_reason?: string | null
}

export interface DeviceView extends DeviceRow {
  earlier: EarlierDevice[]
  replaced_by?: string | null
}

export interface DevicePerson {
  person_id: string
  number: number
  name: string
  crew_name?: string | null
  state: 'missing' | 'outdated' | 'extra' | 'present'
}

export interface Pushed {
  devices: number
  online: number
}

export interface PushProgress {
  device_id: string
  serial: string
  place: string
  state: OnlineState
  stage: 'not_asked' | 'waiting' | 'reconnected' | 'listed' | 'done'
  requested_at?: string | null
  reconnected_at?: string | null
  listed_at?: string | null
  count?: number | null
  expected: number
  missing: number
}

export interface Adoption {
  entry_id: string
  number: number
  name: string
  result: 'adopted' | 'unchanged' | 'none'
}

export interface AdoptedPhotos {
  adopted: number
  unchanged: number
  none: number
  people: Adoption[]
  pushed: Pushed
}
