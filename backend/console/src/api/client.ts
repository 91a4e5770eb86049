import createClient, { type FetchOptions } from 'openapi-fetch'
import { ApiError, errorFrom } from './errors'

export type Query = Record<string, string | number | boolean | string[] | null | undefined>

export interface WriteOptions {
  /** Of the row as it was read: sent as `If-Match`, a newer row answers 412. */
  revision?: number | string
  /** One key for one intention: pass the same one when the same form is sent again; '' for a POST that only asks. */
  idempotencyKey?: string
  query?: Query
  signal?: AbortSignal
}

/** What the shell wants to hear about: set once in main.ts, so that this file knows neither router nor store. */
export interface ApiListeners {
  unauthorized: () => void
  unavailable: () => void
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

const BASE = '/api/v1'
// Paths are given as strings and answers are typed by the caller with `Schema<'Name'>`, so the client itself is untyped.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const client = createClient<any>({
  baseUrl: BASE,
  credentials: 'same-origin',
  querySerializer: serialize,
  fetch: (request: Request) => globalThis.fetch(request),
})

let csrfToken = ''
let listeners: ApiListeners = { unauthorized: () => undefined, unavailable: () => undefined }

client.use({
  onRequest({ request }) {
    if (request.method !== 'GET') request.headers.set('X-CSRF-Token', csrfToken)
    return request
  },
})

export function setCsrfToken(token: string): void {
  csrfToken = token
}

export function csrf(): string {
  return csrfToken
}

export function notifyRefusal(refusal: ApiError): ApiError {
  if (refusal.status === 401) listeners.unauthorized()
  if (refusal.isUnavailable) listeners.unavailable()
  return refusal
}

export function listen(to: ApiListeners): void {
  listeners = to
}

/** Empty filters are left out: `?status=` would mean something else to the server. */
export function serialize(query: Record<string, unknown>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue
    if (Array.isArray(value)) {
      if (value.length > 0) search.set(name, value.join(','))
    } else search.set(name, String(value))
  }
  return search.toString()
}

export function uuid(): string {
  // randomUUID is missing where the console is served over plain HTTP from another host.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

async function call<T>(method: Method, path: string, body: unknown, options: WriteOptions): Promise<T> {
  const headers: Record<string, string> = {}
  if (method === 'post' && options.idempotencyKey !== '') headers['Idempotency-Key'] = options.idempotencyKey ?? uuid()
  if (options.revision !== undefined) headers['If-Match'] = `"${options.revision}"`
  const init = { params: { query: options.query ?? {} }, body, headers, signal: options.signal ?? null, parseAs: 'text' }
  const { response, data, error } = await send(method, path, init as FetchOptions<unknown>)
  if (response.ok) return parse(data) as T
  const refusal = errorFrom(response.status, error)
  // Asking who is logged in, or logging in, is not a session that has run out.
  throw path === '/session' && refusal.status === 401 ? refusal : notifyRefusal(refusal)
}

async function send(method: Method, path: string, init: FetchOptions<unknown>) {
  try {
    return await client.request(method, path, init as never)
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw notifyRefusal(errorFrom(0, null))
  }
}

/** 201 and 202 may come without a body, and a file comes as it is. */
function parse(text: unknown): unknown {
  if (typeof text !== 'string' || text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/**
 * The only way to the server. Every call rejects with an `ApiError`; 401 and 503 have been dealt with by then.
 *
 *     const project = await api.get<Schema<'ProjectDetail'>>(`/projects/${id}`)
 *     await api.patch(`/projects/${id}`, values, { revision: project.revision })
 */
export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) =>
    call<T>('get', path, undefined, { ...(query && { query }), ...(signal && { signal }) }),
  post: <T = void>(path: string, body?: unknown, options: WriteOptions = {}) => call<T>('post', path, body, options),
  put: <T = void>(path: string, body?: unknown, options: WriteOptions = {}) => call<T>('put', path, body, options),
  patch: <T = void>(path: string, body?: unknown, options: WriteOptions = {}) => call<T>('patch', path, body, options),
  delete: <T = void>(path: string, options: WriteOptions = {}) => call<T>('delete', path, undefined, options),
  /** A link for `<a href download>`: the cookie authorises it. */
  url: (path: string, query: Query = {}) => {
    const search = serialize(query)
    return `${BASE}${path}${search && `?${search}`}`
  },
}

export { ApiError }
