import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { api } from '@/api/client'
import { platform } from '@/platform'
import { storage } from '@/storage'
import { useSession } from '@/stores/session'
import { fakePhone } from './support/phone'

const ME = { user: { id: 'u1', phone: null, person: null, account: null }, projects: [{ id: 'p1', name: '一期' }, { id: 'p2', name: '二期' }], following: false }

beforeEach(() => {
  setActivePinia(createPinia())
  vi.restoreAllMocks()
})

function server(more: (path: string, method: string, headers: Record<string, string>) => { status: number; body?: unknown } | undefined = () => undefined) {
  fakePhone.answers(({ method, path, headers }) => {
    const told = more(path, method, headers)
    if (told) return told
    if (path === '/phone/settings') return { status: 200, body: { name: '名册', wechat: null, sms: true, vision: true, templates: [{ notice: 'registration_approved', template_id: 't1' }, { notice: 'punch_missing', template_id: 't2' }] } }
    if (path === '/phone/session') return method === 'POST' ? { status: 200, body: { token: 'ph_1', expires_at: '' } } : { status: 200, body: ME }
    return { status: 200, body: {} }
  })
}

it('calls that find out at once that nobody is logged in log in once', async () => {
  server()
  const session = useSession()
  await session.start()
  await Promise.all([api.get('/a'), api.get('/b'), session.load()])
  expect(fakePhone.calls.filter((call) => call === 'POST /phone/session')).toHaveLength(1)
  expect(storage.get('token')).toBe('ph_1')
})

it('a login that WeChat refuses is said in its words, and is no endless loop', async () => {
  server((path, method) => (path === '/phone/session' && method === 'POST' ? { status: 403, body: { code: 'snapshot', message: '请在微信中点“使用完整服务”' } } : path === '/a' ? { status: 401 } : undefined))
  const session = useSession()
  await session.start()
  await expect(api.get('/a')).rejects.toMatchObject({ status: 401 })
  expect(session.standing).toBe('refused')
  expect(session.reason).toBe('请在微信中点“使用完整服务”')
})

it('outside WeChat nobody is asked for anything', async () => {
  server((path) => (path === '/a' ? { status: 401 } : undefined))
  vi.spyOn(platform, 'login').mockResolvedValue('impossible')
  const session = useSession()
  await session.start()
  await expect(api.get('/a')).rejects.toMatchObject({ status: 401 })
  expect(session.standing).toBe('outside')
})

it('the project that was chosen last is the one that is shown', async () => {
  server()
  const first = useSession()
  await first.load()
  expect(first.project?.id).toBe('p1')
  first.chooseProject('p2')
  setActivePinia(createPinia())
  const second = useSession()
  await second.load()
  expect(second.project?.id).toBe('p2')
})

it('without a network what was known of the platform the last time will do', async () => {
  server()
  await useSession().start()
  setActivePinia(createPinia())
  fakePhone.answers(() => undefined)
  const session = useSession()
  await session.start()
  expect(session.settings?.sms).toBe(true)
})

it('leave to write is asked for the notices that matter here', async () => {
  server()
  const asked = vi.spyOn(platform, 'subscribe').mockResolvedValue()
  const session = useSession()
  await session.start()
  await session.askForNotices(['registration_approved'])
  expect(asked).toHaveBeenCalledWith(['t1'])
})
