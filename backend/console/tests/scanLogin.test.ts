import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import ScanLogin from '@/views/login/modules/ScanLogin.vue'
import { show } from './support/mount'
import { serve, type Reply } from './support/server'

const ticket = { id: 't1', way: 'mini_program', picture: 'data:image/png;base64,AA==', expires_at: new Date(Date.now() + 120_000).toISOString() }
const session = { account: { id: 'a', login: 'jm', kind: 'regulator', name: '江门' }, csrf_token: 'c', must_change_password: false, grants: [], permissions: [], projects: [] }

/** A server whose ticket goes through these steps. */
function steps(...standings: object[]) {
  const left = [...standings]
  return serve(({ method }): Reply | Promise<Reply> => {
    if (method === 'POST') return { status: 201, body: ticket }
    const next = left.shift()
    return next ? { body: { reason: null, session: null, ...next } } : new Promise(() => undefined)
  })
}

const mount = () => show(ScanLogin, { props: { ways: ['mini_program', 'account'] } })

describe('logging in by a code on the screen', () => {
  it('says what to do, and what has been seen', async () => {
    const calls = steps({ state: 'scanned' })
    const { wrapper } = await mount()
    await flushPromises()
    expect(wrapper.find('img').attributes('src')).toBe(ticket.picture)
    expect(wrapper.text()).toContain('请在手机上点击【确认登录】')
    expect(calls.filter(({ method }) => method === 'GET').map(({ query }) => query['seen'])).toEqual(['waiting', 'scanned'])
  })

  it('goes in once the phone has confirmed', async () => {
    steps({ state: 'scanned' }, { state: 'confirmed', session })
    const { wrapper, router } = await mount()
    await flushPromises()
    expect(wrapper.text()).toContain('已确认')
    expect(router.currentRoute.value.path).toBe('/')
  })

  it('tells why not, and offers another code', async () => {
    const calls = steps({ state: 'refused', reason: '当前微信没有绑定账号' })
    const { wrapper } = await mount()
    await flushPromises()
    expect(wrapper.text()).toContain('当前微信没有绑定账号')
    await wrapper.get('.state button').trigger('click')
    await flushPromises()
    expect(calls.filter(({ method }) => method === 'POST')).toHaveLength(2)
  })

  it('an expired code is renewed by a click, and so is one that was not to be had', async () => {
    steps({ state: 'expired' })
    const { wrapper } = await mount()
    await flushPromises()
    expect(wrapper.get('button.veil').text()).toContain('二维码已过期')
    serve(() => ({ status: 429, body: { code: 'too_many', message: '刷新过于频繁，请一分钟后再试' } }))
    await wrapper.get('button.veil').trigger('click')
    await flushPromises()
    expect(wrapper.text()).toContain('刷新过于频繁')
  })

  it('the other way asks for a code of its own', async () => {
    const calls = steps()
    const { wrapper } = await mount()
    await wrapper.findAll('.ways button')[1]?.trigger('click')
    await flushPromises()
    expect(calls.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([{ way: 'mini_program' }, { way: 'account' }])
  })
})
