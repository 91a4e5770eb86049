import { api, type Schema } from '@/api'
import { queryClient } from '@/query'

export interface RegionOption {
  value: string
  label: string
  leaf: boolean
}

const A_DAY_MS = 24 * 60 * 60 * 1000
/** The four municipalities have districts right below them, and 90 stands for counties right below a province. */
const WITHOUT_CITY = /^(11|12|31|50|\d\d90)/

function ask(query: { parent?: string | undefined; code?: string }): Promise<Schema<'RegionChoice'>[]> {
  return queryClient.fetchQuery({
    queryKey: ['regions', query.parent ?? '', query.code ?? ''],
    queryFn: () => api.get<Schema<'RegionChoice'>[]>('/regions', query),
    staleTime: A_DAY_MS,
  })
}

/** The regions below a code, or the provinces. They hardly ever change, so they are asked for once. */
export async function loadRegions(parent?: string): Promise<RegionOption[]> {
  const regions = await ask({ parent })
  return regions.map(({ code, name, leaf }) => ({ value: code, label: name, leaf }))
}

/** One region with all its names: 广东省江门市. */
export async function loadRegion(code: string): Promise<RegionOption> {
  if (code === NATION) return { value: NATION, label: '全国', leaf: false }
  const [region] = await ask({ code })
  return { value: code, label: region?.path.join('') ?? code, leaf: region?.leaf ?? true }
}

export const NATION = '000000'

/** GB/T 2260 codes carry their parents: 440703 lies in 440700 in 440000. */
export function chainOf(code: string): string[] {
  const province = `${code.slice(0, 2)}0000`
  const city = WITHOUT_CITY.test(code) ? [] : [`${code.slice(0, 4)}00`]
  return [...new Set([province, ...city, code])]
}
