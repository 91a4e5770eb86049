import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError, api } from '@/api'
import { listen, serialize, setCsrfToken } from '@/api/client'
import { serve, unreachable } from './support/server'

const unauthorized = vi.fn()
const unavailable = vi.fn()

beforeEach(() => {
  vi.clearAllMocks()
  listen({ unauthorized, unavailable })
  setCsrfToken('the-token')
})

const refusal = (promise: Promise<unknown>) => promise.then(() => expect.unreachable(), (error: ApiError) => error)

describe('what is sent', () => {
  it('carries the CSRF token and one idempotency key on creating calls, and neither on reading ones', async () => {
    const calls = serve(() => ({ body: { id: '1' } }))
    await api.post('/crews', { name: '钢筋一班' }, { idempotencyKey: 'once' })
    await api.get('/crews')
    expect(calls[0]).toMatchObject({ method: 'POST', path: '/crews', body: { name: '钢筋一班' } })
    expect(calls[0]?.headers.get('x-csrf-token')).toBe('the-token')
    expect(calls[0]?.headers.get('idempotency-key')).toBe('once')
    expect(calls[1]?.headers.get('x-csrf-token')).toBeNull()
  })

  it('names the revision that an edit is about', async () => {
    const calls = serve(() => ({ body: {} }))
    await api.put('/crews/1', {}, { revision: 7 })
    expect(calls[0]?.headers.get('if-match')).toBe('"7"')
  })

  it('leaves empty filters out and joins lists', () => {
    expect(serialize({ name: '', status: null, page: 2, kinds: ['007', '009'], none: [] })).toBe('page=2&kinds=007%2C009')
  })
})

describe('what a refusal becomes', () => {
  it('401 tells that the session is over, except while asking for the session', async () => {
    serve(() => ({ status: 401, body: { code: 'unauthorized', message: '请先登录' } }))
    expect((await refusal(api.get('/projects'))).status).toBe(401)
    expect(unauthorized).toHaveBeenCalledOnce()
    await refusal(api.get('/session'))
    expect(unauthorized).toHaveBeenCalledOnce()
  })

  it('412 is stale', async () => {
    serve(() => ({ status: 412, body: { code: 'stale', message: '已被修改' } }))
    expect((await refusal(api.put('/crews/1', {}, { revision: 1 }))).isStale).toBe(true)
  })

  it('503 and an unreachable server raise the banner', async () => {
    serve(() => ({ status: 503 }))
    expect((await refusal(api.get('/projects'))).isUnavailable).toBe(true)
    unreachable()
    const offline = await refusal(api.get('/projects'))
    expect(offline).toMatchObject({ isUnavailable: true, message: '网络不通，请检查网络后重试' })
    expect(unavailable).toHaveBeenCalledTimes(2)
  })

  it('422 brings its reasons field by field', async () => {
    serve(() => ({ status: 422, body: { code: 'invalid', message: '请检查', fields: { name: '此项必填' } } }))
    const error = await refusal(api.post('/crews', {}))
    expect(error.fields).toEqual({ name: '此项必填' })
    expect(error.hasFields).toBe(true)
  })

  it('a page of a proxy in between still says something a clerk understands', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('<html>Bad Gateway</html>', { status: 502 })))
    expect((await refusal(api.get('/projects'))).message).toMatch(/[一-龥]/)
  })
})
