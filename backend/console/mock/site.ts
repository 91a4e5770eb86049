import * as attendance from './attendance.ts'
import * as desk from './desk.ts'
import * as devices from './devices.ts'
import { CREWS, UNITS } from './people.ts'

type Body = Record<string, string | boolean | undefined>
type Handler = (url: URL, body: Body, id: string) => unknown

const stopped = process.env['MINGCE_MOCK_STOPPED'] === '1'
const crewRow = (crew: (typeof CREWS)[number]) => ({ id: crew.id, name: crew.name, company_name: crew.unit.company_name })
const unitRow = (unit: (typeof UNITS)[number]) => ({ id: unit.id, company_name: unit.company_name, kind_name: unit.kind_name })

/** Paths of one project, and those of all. What is not found here is asked of `server.ts`. */
const HANDLERS: [RegExp, Handler][] = [
  [/^POST \/projects\/\w+\/attendance\/days\/search$/, attendance.days],
  [/^POST \/projects\/\w+\/attendance\/months\/search$/, attendance.months],
  [/^POST \/projects\/\w+\/attendance\/punches\/search$/, attendance.punches],
  [/^POST \/projects\/\w+\/attendance\/\w+\/export$/, () => ({ id: 'j1' })],
  [/^GET \/projects\/\w+\/attendance\/overview$/, (url) => attendance.overview(url, stopped)],
  [/^GET \/projects\/\w+\/attendance\/on-site$/, () => attendance.board()],
  [/^GET \/projects\/\w+\/entries\/(\w+)\/punches$/, (url, _, id) => attendance.entryDay(id, url.searchParams.get('day') ?? '')],
  [/^POST \/attendance\/projects\/search$/, attendance.projects],
  [/^GET (?:\/projects\/\w+)?\/devices$/, devices.list],
  [/^GET \/projects\/\w+\/devices\/(\w+)$/, (_, __, id) => devices.view(id)],
  [/^GET \/projects\/\w+\/devices\/\w+\/people$/, devices.people],
  [/^GET \/projects\/\w+\/device-pushes$/, () => devices.progress()],
  [/^POST \/projects\/\w+\/device-pushes$/, () => devices.push()],
  [/^POST \/projects\/\w+\/device-photos$/, () => devices.photos()],
  [/^GET (?:\/projects\/\w+)?\/alerts$/, devices.alerts],
  [/^GET \/projects\/\w+\/overview$/, () => desk.overview()],
  [/^GET \/projects\/\w+\/key-posts$/, () => desk.keyPosts()],
  [/^GET \/regions$/, (url) => [{ code: url.searchParams.get('code'), name: '蓬江区', leaf: true, path: ['广东省', '江门市', url.searchParams.get('code') === '440705' ? '新会区' : '蓬江区'] }]],
  [/^GET \/workbench$/, () => desk.workbench()],
  [/^POST (?:\/projects\/\w+)?\/roster\/search$/, desk.roster],
  [/^GET (?:\/projects\/\w+)?\/roster\/counts$/, () => desk.counts()],
  [/^GET \/projects\/\w+\/crews$/, (url) => attendance.cut(CREWS.map(crewRow), url)],
  [/^GET \/projects\/\w+\/crews\/(\w+)$/, (_, __, id) => crewRow(CREWS.find((crew) => crew.id === id) ?? (CREWS[0] as (typeof CREWS)[number]))],
  [/^GET \/projects\/\w+\/units$/, (url) => attendance.cut(UNITS.map(unitRow), url)],
  [/^GET \/projects\/\w+\/units\/(\w+)$/, (_, __, id) => unitRow(UNITS.find((unit) => unit.id === id) ?? (UNITS[0] as (typeof UNITS)[number]))],
]

export function answerOfSite(method: string, url: URL, body: Body): unknown {
  const asked = `${method} ${url.pathname}`
  for (const [pattern, handler] of HANDLERS) {
    const match = pattern.exec(asked)
    if (match) return handler(url, body, match[1] ?? '')
  }
  return undefined
}
