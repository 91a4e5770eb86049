/* Written by hand until the server's document has them; from then on `Schema<'AlertRow'>`. */

export interface AlertRow {
  id: string
  kind: 'device_offline' | 'project_dark' | 'clock_off'
  project_id: string
  project_name: string
  /** The device, or the project itself. */
  subject_id: string
  details: AlertDetails
  opened_at: string
  closed_at?: string | null
}

export interface AlertDetails {
  place?: string
  serial?: string
  last_seen_at?: string
  offline_since?: string
  clock_offset_seconds?: number
}
