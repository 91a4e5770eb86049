import { api, type Page } from '@/api'
import { queryClient } from '@/query'

export interface Region {
  code: string
  name: string
  /** Whether there is a level below; without it, county level is taken as the last. */
  has_children?: boolean
}

export interface RegionOption {
  value: string
  label: string
  leaf: boolean
}

const A_DAY_MS = 24 * 60 * 60 * 1000

/** The regions below a code, or the provinces. They hardly ever change, so they are asked for once. */
export async function loadRegions(parent?: string): Promise<RegionOption[]> {
  const answer = await queryClient.fetchQuery({
    queryKey: ['regions', parent ?? ''],
    queryFn: () => api.get<Region[] | Page<Region>>('/regions', { parent }),
    staleTime: A_DAY_MS,
  })
  const regions = Array.isArray(answer) ? answer : answer.items
  return regions.map((region) => ({
    value: region.code,
    label: region.name,
    leaf: region.has_children === undefined ? !region.code.endsWith('00') : !region.has_children,
  }))
}

/** GB/T 2260 codes carry their parents: 630102 lies in 630100 in 630000. */
export function chainOf(code: string): string[] {
  const province = `${code.slice(0, 2)}0000`
  const city = `${code.slice(0, 4)}00`
  return [...new Set([province, city, code])]
}
