/** A site of a thousand people, the same at every start. */
export interface Person {
  entry_id: string
  person_id: string
  person_number: number
  name: string
  id_number: string
  photo_url: string | null
  kind: 'worker' | 'manager' | 'other'
  work_type: string | null
  post: string | null
  unit_id: string
  company_name: string
  crew_id: string
  crew_name: string
  entered_on: string
  exited_on: string | null
  at: number
  night: boolean
}

export interface Crew {
  id: string
  name: string
  kind: 'management' | 'workers'
  unit: Unit
  work: string
  size: number
}

export interface Unit {
  id: string
  company_name: string
  kind: string
  kind_name: string
}

const unit = (at: number, company_name: string, kind: string, kind_name: string): Unit => ({ id: `u${at}`, company_name, kind, kind_name })

export const UNITS = [
  unit(1, '江门市第一建筑工程集团有限公司', '009', '总承包单位'),
  unit(2, '广东华夏安邦建筑劳务有限公司', '003', '劳务分包'),
  unit(3, '江门市匠心建筑劳务有限公司', '003', '劳务分包'),
  unit(4, '佛山市南粤机电安装工程有限公司', '002', '专业分包'),
  unit(5, '江门市天衡工程监理有限公司', '007', '监理单位'),
]

const crew = (at: number, of: number, name: string, work: string, size: number): Crew => ({
  id: `c${at}`, name, kind: size < 40 && work.startsWith('P') ? 'management' : 'workers', unit: UNITS[of - 1] as Unit, work, size,
})

export const CREWS = [
  crew(1, 1, '总承包管理班组', 'P01', 24),
  crew(2, 5, '监理管理班组', 'P02', 8),
  crew(3, 2, '钢筋一班', '020', 118),
  crew(4, 2, '钢筋二班', '020', 96),
  crew(5, 2, '木工一班', '030', 132),
  crew(6, 2, '木工二班', '030', 88),
  crew(7, 2, '混凝土班', '040', 74),
  crew(8, 3, '砌筑一班', '010', 92),
  crew(9, 3, '砌筑二班', '010', 66),
  crew(10, 3, '抹灰班', '050', 84),
  crew(11, 3, '架子工班', '060', 58),
  crew(12, 4, '水电安装班', '070', 71),
  crew(13, 4, '消防安装班', '070', 43),
  crew(14, 2, '混凝土夜班', '040', 46),
]

const SURNAMES = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁沈任姚卢傅钟'
const GIVEN = ['建国', '志强', '伟', '文斌', '大海', '永福', '秀英', '国华', '海涛', '小军', '德胜', '志明', '金水', '桂兰', '明', '春生', '卫东', '家豪', '光荣', '立新', '阿木古郎', '俊杰', '水生', '学文', '长根']

/** A number between 0 and 1 that is always the same for the same question. */
export function chance(...of: (number | string)[]): number {
  let hash = 2166136261
  for (const letter of of.join('|')) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619)
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507)
  return ((hash ^ (hash >>> 13)) >>> 0) / 4294967296
}

const pad = (value: number, width = 2) => String(value).padStart(width, '0')
export const chinaDay = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
export const shift = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
export const TODAY = chinaDay(new Date())

function person(at: number, of: Crew): Person {
  const surname = SURNAMES[Math.floor(chance('s', at) * SURNAMES.length)] ?? '王'
  const name = surname + (GIVEN[Math.floor(chance('g', at) * GIVEN.length)] ?? '明')
  const late = chance('e', at)
  const left = chance('x', at)
  return {
    entry_id: `e${at}`, person_id: `p${at}`, person_number: 10_000 + at, name,
    id_number: `44070${Math.floor(chance('r', at) * 9)}********${pad(Math.floor(chance('n', at) * 10_000), 4)}`,
    photo_url: chance('f', at) < 0.96 ? `/files/mock/${at}.svg` : null,
    kind: of.kind === 'management' ? 'manager' : 'worker',
    work_type: of.kind === 'management' ? null : of.work,
    post: of.kind === 'management' ? of.work : null,
    unit_id: of.unit.id, company_name: of.unit.company_name, crew_id: of.id, crew_name: of.name,
    entered_on: shift(TODAY, late < 0.12 ? -Math.floor(late * 200) : -60 - Math.floor(late * 200)),
    exited_on: left < 0.05 ? shift(TODAY, -1 - Math.floor(left * 300)) : null,
    at, night: of.id === 'c14',
  }
}

export const PEOPLE: Person[] = CREWS.flatMap((of) => Array.from({ length: of.size }, () => of)).map((of, at) => person(at, of))

export interface Moment {
  at: string
  letter: 'i' | 'o'
}

/** When somebody punched on a day: whole days, half days, forgotten ones, nights, and Sundays with few people. */
export function momentsOf(who: Person, day: string, now = new Date()): Moment[] {
  if (day < who.entered_on || (who.exited_on && day > who.exited_on)) return []
  const dice = chance(who.at, day)
  const sunday = new Date(`${day}T00:00:00Z`).getUTCDay() === 0
  if (dice < (sunday ? 0.55 : 0.09)) return []
  const clock = (minutes: number) => new Date(Date.parse(`${day}T00:00:00+08:00`) + (minutes + chance(who.at, day, minutes) * 40) * 60_000 + Math.floor(chance(day, who.at) * 60) * 1000)
  const plan: [number, 'i' | 'o'][] = who.night ? [[1120, 'i'], [1560, 'o']] : dice < 0.16 ? [[415, 'i'], [690, 'o']] : [[410, 'i'], [690, 'o'], [775, 'i'], [1050 + chance('o', who.at, day) * 110, 'o']]
  const kept = dice > 0.955 ? plan.slice(0, -1) : plan
  return kept.map(([minutes, letter]) => ({ at: clock(minutes).toISOString(), letter })).filter(({ at }) => new Date(at) <= now)
}

const reckoned = new Map<string, ReturnType<typeof reckon>>()

export function dayOf(who: Person, day: string) {
  const key = `${who.at}|${day}`
  const known = reckoned.get(key)
  if (known && day < TODAY) return known
  const fresh = reckon(who, day)
  reckoned.set(key, fresh)
  return fresh
}

function reckon(who: Person, day: string) {
  const moments = momentsOf(who, day)
  let since = ''
  let seconds = 0
  for (const { at, letter } of moments) {
    if (letter === 'i') since ||= at
    else if (since) {
      seconds += (Date.parse(at) - Date.parse(since)) / 1000
      since = ''
    }
  }
  return { day, count: moments.length, minutes: Math.floor(seconds / 60), inside: since !== '', since, first_at: moments[0]?.at ?? null, last_at: moments.length > 1 ? (moments.at(-1)?.at ?? null) : null }
}

/** Not a face: something in its place, different for each. */
export function picture(at: number): string {
  const hue = Math.floor(chance('h', at) * 40) + 14
  const helmet = ['#d9a21b', '#c0402c', '#2f6fb0', '#e8e8e8'][Math.floor(chance('k', at) * 4)] ?? '#d9a21b'
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 120" width="480" height="600"><rect width="96" height="120" fill="hsl(${200 - hue} 18% 82%)"/><path d="M12 120c2-26 16-34 36-34s34 8 36 34z" fill="#45607a"/><ellipse cx="48" cy="58" rx="20" ry="26" fill="hsl(${hue} 42% 68%)"/><path d="M26 50c0-18 9-28 22-28s22 10 22 28c-8-6-36-6-44 0z" fill="${helmet}"/><rect x="22" y="46" width="52" height="6" rx="3" fill="${helmet}"/></svg>`
}
