import { chance, CREWS, dayOf, momentsOf, PEOPLE, shift, TODAY, UNITS, type Moment, type Person } from './people.ts'

type Body = Record<string, string | boolean | undefined>
const PLACES = ['1 号门进口', '1 号门出口', '2 号门', '生活区通道']
const REFUSALS = ['请先补全工种', '请先登记工资卡', '不在本项目名册', '已退场']

function chosen(body: Body, from: string, to: string): Person[] {
  return PEOPLE.filter(
    (who) =>
      who.entered_on <= to && (!who.exited_on || who.exited_on >= from) &&
      (!body['name'] || who.name.startsWith(String(body['name']))) &&
      (!body['crew_id'] || who.crew_id === body['crew_id']) &&
      (!body['unit_id'] || who.unit_id === body['unit_id']) &&
      (!body['kind'] || who.kind === body['kind']) &&
      (!body['presence'] || (body['presence'] === 'exited') === (who.exited_on !== null)),
  )
}

export function cut<Row>(rows: Row[], url: URL) {
  const page = Number(url.searchParams.get('page') ?? 1)
  const size = Number(url.searchParams.get('page_size') ?? 20)
  return { items: rows.slice((page - 1) * size, page * size), total: rows.length, page, page_size: size }
}

export function days(url: URL, body: Body) {
  const day = String(body['day'])
  const page = cut(chosen(body, day, day), url)
  return { ...page, items: page.items.map((who) => dayRow(who, day)) }
}

function dayRow(who: Person, day: string) {
  const of = dayOf(who, day)
  const over = day < TODAY
  const state = of.count === 0 ? 'absent' : over && (of.inside || of.minutes === 0) ? 'incomplete' : 'present'
  return { ...who, ...of, state }
}

export function months(url: URL, body: Body) {
  const month = String(body['month'])
  const all = Array.from({ length: 31 }, (_, at) => shift(`${month}-01`, at)).filter((day) => day.startsWith(month) && day <= TODAY)
  const page = cut(chosen(body, `${month}-01`, `${month}-31`), url)
  return {
    ...page,
    items: page.items.map((who) => {
      const days = all.map((day) => dayOf(who, day)).filter((day) => day.count > 0)
      return { ...who, days, present_days: days.length, minutes: days.reduce((sum, day) => sum + day.minutes, 0) }
    }),
  }
}

function punch(who: Person, { at, letter }: Moment, day: string) {
  const dice = chance(at, who.at)
  const stranger = dice > 0.992
  const refusal = stranger ? '不在本项目名册' : dice > 0.97 ? (REFUSALS[Math.floor(dice * 1000) % 2] ?? null) : null
  const late = dice < 0.004 ? 4 * 3_600_000 : 900
  const place = letter === 'i' ? (dice < 0.6 ? 0 : 2) : dice < 0.6 ? 1 : 2
  return {
    id: `${who.entry_id}-${at}`, at, received_at: new Date(Math.min(Date.now(), Date.parse(at) + late)).toISOString(), day, mode: 6,
    direction: place === 2 ? 'turns' : letter === 'i' ? 'in' : 'out', source: 'terminal', refusal, device_id: `d${place + 1}`, device_place: PLACES[place],
    photo_url: `/files/mock/${who.at}.svg`, person_number: who.person_number, letter,
    ...(stranger ? {} : { entry_id: who.entry_id, person_id: who.person_id, name: who.name, id_number: who.id_number, kind: who.kind, company_name: who.company_name, crew_name: who.crew_name, work_type: who.work_type, post: who.post }),
  }
}

export function punches(url: URL, body: Body) {
  const [from, to] = [String(body['from']), String(body['to'])]
  const all = to >= TODAY && !body['name'] && !body['crew_id'] ? [...recent] : []
  for (let day = from; day <= to; day = shift(day, 1)) {
    for (const who of chosen(body, day, day)) all.push(...momentsOf(who, day).map((moment) => punch(who, moment, day)))
  }
  const key = url.searchParams.get('sort')?.includes('received') ? 'received_at' : 'at'
  const kept = all.filter((one) => (body['refused'] === undefined || (one.refusal !== null) === body['refused']) && (!body['device_id'] || one.device_id === body['device_id']))
  return cut(kept.sort((a, b) => b[key].localeCompare(a[key])), url)
}

export function entryDay(entryId: string, day: string) {
  const who = PEOPLE.find((one) => one.entry_id === entryId)
  if (!who) return []
  return momentsOf(who, day).map((moment) => {
    const of = punch(who, moment, day)
    return { ...of, counted: of.refusal ? null : moment.letter === 'i' ? 'came_in' : 'went_out' }
  })
}

interface Sums {
  heads: number
  attended: number
  roster_days: number
  attended_days: number
  minutes: number
  rate?: number | null
}

function figures(people: Person[], dates: string[], stopped: boolean): Sums {
  const sums = { heads: people.length, attended: 0, roster_days: 0, attended_days: 0, minutes: 0 }
  for (const who of people) {
    let came = 0
    for (const day of dates) {
      if (day < who.entered_on || (who.exited_on && day > who.exited_on) || day > TODAY) continue
      sums.roster_days += 1
      const of = dayOf(who, day)
      came += of.count > 0 ? 1 : 0
      sums.minutes += of.minutes
    }
    sums.attended += came > 0 ? 1 : 0
    sums.attended_days += came
  }
  return { ...sums, rate: stopped || sums.roster_days === 0 ? null : sums.attended_days / sums.roster_days }
}

export function overview(url: URL, stopped: boolean) {
  const [by, from, to] = ['by', 'from', 'to'].map((name) => url.searchParams.get(name) ?? '') as [string, string, string]
  const periods: { from: string; to: string }[] = []
  for (let day = from; day <= to; ) {
    let last = day
    if (by === 'week') while (new Date(`${last}T00:00:00Z`).getUTCDay() !== 0 && last < to) last = shift(last, 1)
    if (by === 'month') while (shift(last, 1).slice(0, 7) === day.slice(0, 7) && last < to) last = shift(last, 1)
    periods.push({ from: day, to: last })
    day = shift(last, 1)
  }
  return { stopped, periods: periods.map((period) => ({ ...period, ...periodFigures(period, stopped) })) }
}

function periodFigures({ from, to }: { from: string; to: string }, stopped: boolean) {
  const dates: string[] = []
  for (let day = from; day <= to; day = shift(day, 1)) dates.push(day)
  const here = chosen({}, from, to)
  const units = UNITS.map((unit) => {
    const crews = CREWS.filter((crew) => crew.unit === unit)
    return {
      unit_id: unit.id, unit_kind: unit.kind, company_name: unit.company_name,
      ...figures(here.filter((who) => who.unit_id === unit.id), dates, stopped),
      crews: crews.map((crew) => ({ crew_id: crew.id, crew_name: crew.name, ...figures(here.filter((who) => who.crew_id === crew.id), dates, stopped) })),
    }
  })
  return { total: figures(here, dates, stopped), units }
}

export function board() {
  const here = chosen({}, TODAY, TODAY)
  const inside = here.map((who) => ({ who, of: dayOf(who, TODAY) })).filter(({ of }) => of.inside)
  const units = UNITS.map((unit) => ({
    unit_id: unit.id, unit_kind: unit.kind, company_name: unit.company_name,
    heads: here.filter((who) => who.unit_id === unit.id).length,
    on_site: inside.filter(({ who }) => who.unit_id === unit.id).length,
    crews: CREWS.filter((crew) => crew.unit === unit).map((crew) => ({
      crew_id: crew.id, crew_name: crew.name, crew_kind: crew.kind,
      heads: here.filter((who) => who.crew_id === crew.id).length,
      people: inside.filter(({ who }) => who.crew_id === crew.id).map(({ who, of }) => ({ ...who, since: of.since })).sort((a, b) => b.since.localeCompare(a.since)),
    })),
  }))
  return { day: TODAY, heads: here.length, on_site: inside.length, units }
}

const recent: ReturnType<typeof punch>[] = []

/** Somebody who has just punched, for the live pages. */
export function justNow() {
  const who = PEOPLE[Math.floor(Math.random() * PEOPLE.length)] as Person
  const made = punch(who, { at: new Date().toISOString(), letter: Math.random() < 0.6 ? 'i' : 'o' }, TODAY)
  recent.push(made)
  return made
}

export function projects(url: URL, body: Body) {
  const names = ['滨河路安置房一期', '第二人民医院门诊楼', '开发区污水处理厂提标改造', '蓬江区实验小学扩建', '江海大道综合管廊', '新会体育中心', '双水镇标准厂房', '银洲湖产业园 A 区']
  const rows = names.filter((name) => name.includes(String(body['project'] ?? ''))).map((project_name, at) => {
    const of = figures(PEOPLE.filter((who) => who.at % (at + 1) === 0), [String(body['day'])], at === 3)
    return { project_id: `p${at + 1}`, project_name, region_code: at % 2 ? '440705' : '440703', status: at === 3 ? '005' : '003', stopped: at === 3, ...of, devices: at === 6 ? 0 : 5 - (at % 3), devices_online: at === 6 ? 0 : at === 4 ? 0 : 4 - (at % 3) }
  })
  return cut(rows, url)
}
