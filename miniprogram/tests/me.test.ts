import { expect, it } from 'vitest'
import { brightnessOf } from '@/platform/canvas'
import { facePictureProblem } from '@/join/look'
import { codeIn, pageIn, sceneOf } from '@/join/scene'
import { lookOf, monthOf, weeksOf } from '@/me/month'
import { clock, contractTag, hours, yuan } from '@/me/words'
import { dayPlus, weekOf } from '@/staff/logic/days'
import { applicationBody, applicationProblems } from '@/staff/logic/application'
import { filled, problemsOf } from '@/staff/logic/form'
import { wantedOf } from '@/staff/logic/roster'

const STAY = { from: '2026-11-03', to: null, today: '2026-11-26' }
const punched = { first_in: '2026-11-18T23:30:00Z', last_out: null, punches: 1 }

it('a month is whole weeks from Monday', () => {
  const weeks = weeksOf('2026-11')
  expect(weeks).toHaveLength(6)
  expect(weeks[0]?.map((cell) => cell.isBlank)).toEqual([true, true, true, true, true, true, false])
  expect(weeks.flat().filter((cell) => !cell.isBlank)).toHaveLength(30)
  expect(monthOf('2026-01-31', -1)).toBe('2025-12')
})

it('a day is there and out again, one of both, or not at all', () => {
  expect(lookOf('2026-11-19', { ...punched, last_out: '2026-11-19T10:00:00Z', punches: 2 }, STAY)).toBe('full')
  expect(lookOf('2026-11-19', punched, STAY)).toBe('half')
  expect(lookOf('2026-11-20', undefined, STAY)).toBe('none')
  expect(lookOf('2026-11-02', undefined, STAY)).toBe('outside')
  expect(lookOf('2026-11-27', undefined, STAY)).toBe('future')
})

it('times are those of China, and hours are said as people say them', () => {
  expect(clock('2026-11-18T23:31:00Z')).toBe('07:31')
  expect(hours(510)).toBe('8 小时 30 分')
  expect(hours(480)).toBe('8 小时')
  expect(yuan(32_050)).toBe('320.50')
})

it('a warning about a contract is louder than its state', () => {
  expect(contractTag(null, 'red').words).toBe('合同没签，不能打卡')
  expect(contractTag('active', null).words).toBe('合同已签')
  expect(contractTag(null, 'fresh').words).toBe('合同还没签')
})

it.each([
  ['K7M2PX9QRT', 'K7M2PX9QRT'],
  ['https://site.example/m/#/pages/join/index?scene=K7M2PX9QRT', 'K7M2PX9QRT'],
  ['pages/join/index?scene=K7M2PX9QRT', 'K7M2PX9QRT'],
  ['https://evil.example/?x=1', ''],
  ['', ''],
])('the code in %s', (scanned, code) => expect(codeIn(scanned)).toBe(code))

it('a scene comes as it is, encoded, or as the address of a scanned link', () => {
  expect(sceneOf({ scene: 'K7M2PX9QRT' })).toBe('K7M2PX9QRT')
  expect(sceneOf({ q: encodeURIComponent('https://site.example/m/?scene=K7M2PX9QRT') })).toBe('K7M2PX9QRT')
})

it('a code of a screen leads to its confirmation', () => {
  expect(pageIn('http://x/m/#/pages/login/confirm?scene=T1234567')).toBe('/pages/login/confirm?scene=T1234567')
  expect(pageIn('K7M2PX9QRT')).toBe('/pages/join/index?scene=K7M2PX9QRT')
  expect(pageIn('你好')).toBeNull()
})

it('a dark or a small picture of a face is said to be one before it is sent', () => {
  expect(facePictureProblem({ width: 900, height: 1200, brightness: 20 })).toBe('太暗了，请到亮的地方拍')
  expect(facePictureProblem({ width: 200, height: 300, brightness: 120 })).toBe('照片太小，请用相机重新拍')
  expect(facePictureProblem({ width: 900, height: 1200, brightness: 120 })).toBeNull()
  expect(facePictureProblem(null)).toBeNull()
  expect(brightnessOf([255, 255, 255, 255, 0, 0, 0, 255])).toBeCloseTo(127.5)
})

it('a week is Monday to Sunday, over the end of a month too', () => {
  expect(weekOf('2026-12-01')).toEqual(['2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04', '2026-12-05', '2026-12-06'])
  expect(dayPlus('2026-12-31', 1)).toBe('2027-01-01')
})

it('what is typed into the search is an ID number, a card or a name', () => {
  expect(wantedOf('11010519491231002x')).toEqual({ kind: 'id_number', value: '11010519491231002X' })
  expect(wantedOf('10023')).toEqual({ kind: 'card_number', value: '10023' })
  expect(wantedOf('  冼建国 ')).toEqual({ kind: 'name', value: '冼建国' })
  expect(wantedOf('  ')).toBeNull()
})

it('a form says at each line what is missing, and sends nothing empty', () => {
  const fields = [{ key: 'name', label: '名称', kind: 'text', need: true }, { key: 'kind', label: '类别', kind: 'pick', need: true }] as const
  expect(problemsOf(fields, {})).toEqual({ name: '请填写名称', kind: '请选择类别' })
  expect(filled({ name: ' 钢筋班 ', leader: ' ' })).toEqual({ name: '钢筋班', leader: null })
})

it('an application leaves out parties that nobody filled, and finds the server\'s reasons again', () => {
  const values = { name: '学校', region_code: '440703', area_m2: '1200.5', party_008_name: '业主', party_008_code: '91440700MA0000000X', party_007_name: '监理', applicant_name: '李敏', applicant_phone: '13800138000', applicant_email: 'a@b.cn' }
  const body = applicationBody(values, 'f1')
  expect(body.project['area_m2']).toBe(1200.5)
  expect((body.project['parties'] as { kind: string }[]).map((party) => party.kind)).toEqual(['008', '007'])
  expect(applicationProblems({ 'project.parties[1].name': '找不到', 'applicant.email': '有误', 'project.name': '已有' }, values)).toEqual({ party_007_name: '找不到', applicant_email: '有误', name: '已有' })
})
