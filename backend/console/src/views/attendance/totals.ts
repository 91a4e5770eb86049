import type { PunchOfDay, Somebody } from './types'

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

/** Why there is nothing on a day, and what that means. */
export function nothingWords(person: Pick<Somebody, 'entered_on' | 'exited_on'> | null, day: string, today: string) {
  if (day > today) return { title: '这一天还没有到', hint: '到那天有人打卡后，会出现在这里。' }
  if (person && day < person.entered_on) return { title: '这一天尚未进场', hint: `${person.entered_on} 进场，从那天起统计出勤。` }
  if (person?.exited_on && day > person.exited_on) return { title: '这一天已经退场', hint: `${person.exited_on} 退场，以后不再统计出勤。` }
  if (day === today) return { title: '今天还没有打卡', hint: '打卡后刷新即可看到。' }
  return {
    title: '这一天没有打卡',
    hint: '没有打卡的在场日计为缺勤。如确有出勤，请核对当天设备是否离线：离线期间的打卡在恢复后补传，计入当天。',
  }
}
