import type { PunchOfDay } from './types'

export interface Totals {
  first?: string | undefined
  /** Only if there is a second. */
  last?: string | undefined
  count: number
  minutes: number
  /** In and not out again. */
  inside: boolean
}

/** What a day's punches come to, by what the server said each counted as: the same figures as in the grid. */
export function totalsOf(punches: readonly PunchOfDay[]): Totals {
  const counting = punches.filter((punch) => punch.counted && punch.counted !== 'repeated')
  let since: string | null = null
  let seconds = 0
  for (const { counted, at } of counting) {
    if (counted === 'came_in') since = at
    if (counted === 'went_out' && since) {
      seconds += (Date.parse(at) - Date.parse(since)) / 1000
      since = null
    }
  }
  return {
    first: counting[0]?.at,
    last: counting.length > 1 ? counting.at(-1)?.at : undefined,
    count: counting.length,
    minutes: Math.floor(seconds / 60),
    inside: since !== null,
  }
}
