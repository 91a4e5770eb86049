import { createPinia, setActivePinia } from 'pinia'
import { useJoin } from '@/stores/join'
import { fakePhone, type Reply } from './phone'

const REGISTRATION = {
  id: 'r1', revision: 1, state: 'draft', steps: { consent: true, card: false, face: false, phone: false, work: false }, next: 'card',
  project: { id: 'p1', name: '河西安置房' }, name: null, id_number: null, phone: null, crew_id: null, work_type: null, settlement: null,
  unit_price_fen: null, settlement_unit: null, bank_name: null, bank_card: null, face: null, reason: null, history: [], entry_id: null,
}

const INFO = {
  code: 'CODE', project: { id: 'p1', name: '河西安置房', address: null, contractor: null }, state: 'open', message: null,
  consent: { version: '1', text: [] }, crews: [], registration: null,
}

const field = (name: string, value: string, sure = true) => ({ name, value, sure, confidence: 1, cut: sure ? null : 'data:x', lookalikes: [] as string[] })

export const FRONT = {
  side: 'front', temporary: false, warnings: [], model: 'm', picture: { id: 'front-file' }, portrait: { id: 'portrait-file' },
  fields: [field('name', '王建国', false), field('id_number', '11010519491231002X'), field('nation', '汉'), field('address', '江门市')],
}
export const BACK = {
  side: 'back', temporary: false, warnings: [], model: 'm', picture: { id: 'back-file' }, portrait: null,
  fields: [field('authority', '江门市公安局'), field('valid_from', '2019-01-01'), field('valid_until', '长期')],
}

/** A server that takes everything, unless a test says otherwise for one path; `away` is no network at all. */
export function server() {
  const state = { registration: structuredClone(REGISTRATION) as typeof REGISTRATION & { state: string }, away: false, bodies: {} as Record<string, unknown>, keys: [] as string[] }
  const special: Record<string, Reply> = {}
  const step = (name: string, body: unknown): Reply => {
    state.bodies[name] = body
    Object.assign(state.registration.steps, { [name]: true })
    return { status: 200, body: structuredClone(state.registration) }
  }
  fakePhone.answers(({ method, path, body, headers }) => {
    if (state.away) return undefined
    if (headers['Idempotency-Key']) state.keys.push(`${path} ${headers['Idempotency-Key']}`)
    const told = special[`${method} ${path}`]
    if (told) return told
    if (path === '/phone/settings') return { status: 200, body: { name: '名册', wechat: null, sms: true, vision: true, templates: [] } }
    if (path === '/dictionaries') return { status: 200, body: { ethnic_groups: ['汉族', '回族'], work_types: [], posts: [], unit_kinds: [] } }
    if (path === '/phone/session') return { status: 200, body: { token: 'ph_1', expires_at: '' } }
    if (path === '/phone/join/CODE') return { status: 200, body: { ...INFO, registration: state.bodies['begin'] ? state.registration : null } }
    if (path === '/phone/registrations') return ((state.bodies['begin'] = body), { status: 201, body: structuredClone(state.registration) })
    if (path === '/phone/vision/id-card') return { status: 200, body: (body as { photo: string }).photo.startsWith('front') ? FRONT : BACK }
    if (path === '/phone/vision/face') return { status: 200, body: { accepted: true, issues: [], model: 'm', photo: { id: 'face-file' } } }
    if (path.endsWith('/submit')) return ((state.registration.state = 'submitted'), { status: 200, body: structuredClone(state.registration) })
    return step(path.split('/').pop() ?? '', body)
  })
  return { state, special }
}

/** The app as it is after a start: nothing in memory, what was kept on the phone is there. */
export function startApp() {
  setActivePinia(createPinia())
  return useJoin()
}
