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

/** Each kind with what it has. */
export interface AlertDetails {
  serial?: string | null
  place?: string | null
  /** Since when nothing has been heard. */
  since?: string | null
  /** How far the clock is ahead. */
  offset_seconds?: number | null
  /** How many devices of the project are silent. */
  devices?: number | null
}
