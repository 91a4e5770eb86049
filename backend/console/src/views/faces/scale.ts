import { formatDistance, type Comparison } from './words'

/** Nothing that is compared is further apart than that and still of interest. */
export const FURTHEST = 0.8

export interface Zone {
  from: number
  to: number
  label: string
  tone: 'good' | 'look' | 'bad'
}

type Limits = Pick<Comparison, 'kind' | 'limit_pass' | 'limit_look' | 'limit_duplicate'>

/** What a distance means, from the nearest to the furthest, by the limits of the time. */
export function zonesOf(row: Limits): Zone[] {
  if (row.kind !== 'one_to_one') {
    return [
      { from: 0, to: row.limit_duplicate, label: '相似', tone: 'look' },
      { from: row.limit_duplicate, to: FURTHEST, label: '不相似', tone: 'good' },
    ]
  }
  const look = Math.max(row.limit_look, row.limit_pass)
  const zones: Zone[] = [
    { from: 0, to: row.limit_pass, label: '一致', tone: 'good' },
    { from: row.limit_pass, to: look, label: '需核对', tone: 'look' },
    { from: look, to: FURTHEST, label: '不一致', tone: 'bad' },
  ]
  return zones.filter((zone) => zone.to > zone.from)
}

/** As a share of the whole scale, in per cent. */
export function placeOf(distance: number): number {
  return (Math.min(Math.max(distance, 0), FURTHEST) / FURTHEST) * 100
}

export function scaleWords(row: Limits & Pick<Comparison, 'distance'>): string {
  const zones = zonesOf(row)
  const at = zones.find((zone) => row.distance <= zone.to) ?? zones.at(-1)
  return `距离 ${formatDistance(row.distance)}，${at?.label ?? ''}`
}
