import { platform, type PhotoKey } from '@/platform'
import { baseUrl } from './base'
import { ApiError, errorFrom } from './errors'
import { uuid } from './uuid'

export type Query = Record<string, string | number | boolean | null | undefined>
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'

export interface CallOptions {
  query?: Query
  /** Of the row as it was read: sent as `If-Match`, a newer row answers 412. */
  revision?: number
  /** One key for one intention: the same one when the same thing is sent again; '' for a POST that only asks. */
  key?: string
  /** Before anybody is known. */
  anonymous?: boolean
}

/** Who is logged in knows how to log in again; set once by the session store. */
export interface Bearer {
  token: () => Promise<string | null>
  /** True: there is a new token, and the call is worth one more try. */
  renew: () => Promise<boolean>
}

let bearer: Bearer = { token: async () => null, renew: async () => false }

export function setBearer(next: Bearer): void {
  bearer = next
}

export function serialize(query: Query = {}): string {
  const parts = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
  return parts.length > 0 ? `?${parts.join('&')}` : ''
}

interface Answer {
  status: number
  body: unknown
}

async function authorized<T>(anonymous: boolean, send: (headers: Record<string, string>) => Promise<Answer>): Promise<T> {
  const attempt = async () => {
    const token = anonymous ? null : await bearer.token()
    return send(token ? { Authorization: `Bearer ${token}` } : {})
  }
  let answer = await attempt()
  if (answer.status === 401 && !anonymous && (await bearer.renew())) answer = await attempt()
  if (answer.status >= 200 && answer.status < 300) return answer.body as T
  throw errorFrom(answer.status, answer.body)
}

function call<T>(method: Method, path: string, body: unknown, options: CallOptions): Promise<T> {
  const url = `${baseUrl()}/api/v1${path}${serialize(options.query)}`
  const own: Record<string, string> = { Accept: 'application/json' }
  if (method === 'POST' && options.key !== '') own['Idempotency-Key'] = options.key ?? uuid()
  if (options.revision !== undefined) own['If-Match'] = `"${options.revision}"`
  return authorized(options.anonymous ?? false, (headers) => request(platform.methodFor(method), url, body, { ...own, ...headers }))
}

function request(method: string, url: string, body: unknown, header: Record<string, string>): Promise<Answer> {
  if (body !== undefined) header['Content-Type'] = 'application/json'
  return new Promise((resolve) => {
    uni.request({
      method: method as 'GET',
      url,
      header,
      timeout: 30_000,
      // A string goes as it is: an object in a GET would become its query.
      ...(body !== undefined && { data: JSON.stringify(body) }),
      success: ({ statusCode, data }) => resolve({ status: statusCode, body: data === '' ? null : data }),
      fail: () => resolve({ status: 0, body: null }),
    })
  })
}

/**
 * The only way to the server. Every call rejects with an `ApiError`.
 *
 *     const me = await api.get<PhoneSession>('/phone/session')
 */
export const api = {
  get: <T>(path: string, query?: Query, options: CallOptions = {}) =>
    call<T>('GET', path, undefined, { ...options, ...(query && { query }) }),
  post: <T = void>(path: string, body?: unknown, options: CallOptions = {}) => call<T>('POST', path, body, options),
  put: <T = void>(path: string, body?: unknown, options: CallOptions = {}) => call<T>('PUT', path, body, options),
  patch: <T = void>(path: string, body?: unknown, options: CallOptions = {}) => call<T>('PATCH', path, body, options),
  delete: <T = void>(path: string, options: CallOptions = {}) => call<T>('DELETE', path, undefined, options),
  /** A kept photograph as multipart. */
  upload: <T>(path: string, photo: PhotoKey, form: Record<string, string> = {}, key: string = uuid()) =>
    authorized<T>(false, (headers) => platform.upload(`${baseUrl()}/api/v1${path}`, photo, form, { ...headers, 'Idempotency-Key': key })),
}

export { ApiError }
