const phone = require('./phone.cjs')

const JOIN = {
  code: 'K7M2PX9QRT',
  project: { id: 'p1', name: '河西安置房一期工程', address: '建设路 18 号', contractor: '广东建工' },
  state: 'open',
  message: null,
  consent: { version: '1', text: [{ title: '为什么要登记', text: '用于考勤和发工资' }] },
  crews: [{ id: 'c1', name: '钢筋一班', unit_name: '宏达劳务', unit_kind: '006', kind: 'workers', work_type: '020' }],
  registration: null,
}
const ME = { user: { id: 'u1', phone: '138****8000', person: { id: 'pe1', name: '冼建国', id_number: '440***********002X' }, account: null }, projects: [], following: true }
const PROJECT = { entry_id: 'e1', project: { id: 'p1', name: '河西安置房一期工程' }, crew: '钢筋一班', unit: '宏达劳务', work_type: '钢筋工', post: null, entered_on: '2026-11-03', exited_on: null, days_this_month: 19, contract: { state: null, level: 'orange' }, may_punch: true, why_not: null }
const TICKET = { asked_at: '2026-11-26T14:20:00Z', expires_at: '2026-11-26T14:22:00Z', browser: 'Chrome，Windows', ip: '113.78.20.9', place: '广东江门', who: { name: '河西项目部', detail: 'hexi' }, may: true, reason: null }

let join
const calls = []

function server({ method, path, body }) {
  calls.push({ method, path, body })
  const bodies = {
    '/phone/settings': { name: '名册', wechat: null, sms: true, vision: true, templates: [] },
    '/phone/session': method === 'POST' ? { token: 'ph_1', expires_at: '' } : ME,
    '/dictionaries': { ethnic_groups: ['汉族'], work_types: [{ code: '020', name: '钢筋工' }], posts: [], unit_kinds: [], posts_of_unit_kind: {} },
    '/phone/join/K7M2PX9QRT': join,
    '/phone/me/projects': [PROJECT],
    '/phone/login-tickets/TICKET12': TICKET,
  }
  return path in bodies ? { body: bodies[path] } : { status: 404, body: { code: 'not_found', message: '没有', fields: {} } }
}

beforeEach(() => {
  phone.forget()
  calls.length = 0
  join = JSON.parse(JSON.stringify(JOIN))
  phone.answers(server)
})

test('a scanned code opens its project, and one button begins', async () => {
  const page = await phone.open('pages/join/index', { scene: 'K7M2PX9QRT' })
  expect(page.text()).toContain('河西安置房一期工程')
  expect(page.text()).toContain('开始登记')
})

test('somebody is known by the code of wx.login, and nothing else is asked', async () => {
  await phone.open('pages/join/index', { scene: 'K7M2PX9QRT' })
  expect(phone.kept.get('mingce.token')).toBe('"ph_1"')
})

test('a revoked code says so and offers no button', async () => {
  Object.assign(join, { state: 'revoked', message: '这张二维码已作废' })
  const page = await phone.open('pages/join/index', { scene: 'K7M2PX9QRT' })
  expect(page.text()).toContain('这张二维码已作废')
  expect(page.text()).not.toContain('开始登记')
})

test('what is collected and why stands before the first question', async () => {
  const page = await phone.open('pages/join/consent', { code: 'K7M2PX9QRT' })
  expect(page.data()).toContain('为什么要登记')
  expect(page.text()).toContain('我同意')
})

test('the crews of the project are there to tap', async () => {
  const page = await phone.open('pages/join/crew', { code: 'K7M2PX9QRT' })
  expect(page.data()).toContain('钢筋一班')
})

test('one\'s own page shows the project, the days and the contract', async () => {
  const page = await phone.open('pages/me/index')
  expect(page.text()).toContain('冼建国')
  expect(page.text()).toContain('合同要抓紧签')
  expect(page.text()).toContain('19')
})

test('a login on a screen is confirmed with where and who', async () => {
  const page = await phone.open('pages/login/confirm', { scene: 'TICKET12' })
  expect(page.text()).toContain('Chrome，Windows')
  expect(page.text()).toContain('广东江门，113.78.20.9')
  expect(page.text()).toContain('确认登录')
})

test('staff without a project may apply for one', async () => {
  const page = await phone.open('staff/apply/status')
  expect(page.text()).toContain('申报编号')
})
