import type { PunchRow } from '../types'

/** As many as anybody scrolls through; the rest is in 考勤明细. */
export const KEPT = 200

/** Newest received first: what comes late from a device that was cut off is news too. */
export function merged(shown: readonly PunchRow[], read: readonly PunchRow[]): PunchRow[] {
  const byId = new Map([...shown, ...read].map((punch) => [punch.id, punch]))
  return [...byId.values()].sort(newestFirst).slice(0, KEPT)
}

export function newcomers(shown: readonly PunchRow[], read: readonly PunchRow[]): PunchRow[] {
  const known = new Set(shown.map((punch) => punch.id))
  return read.filter((punch) => !known.has(punch.id))
}

function newestFirst(one: PunchRow, other: PunchRow): number {
  const later = (a: string, b: string) => Date.parse(b) - Date.parse(a)
  return later(one.received_at, other.received_at) || later(one.at, other.at) || other.id.localeCompare(one.id)
}
