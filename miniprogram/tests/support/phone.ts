/** What a call is answered with; undefined: the network is away. */
export interface Reply {
  status: number
  body?: unknown
}
type Route = (call: { method: string; path: string; body: unknown; headers: Record<string, string> }) => Reply | undefined

interface UniRequest {
  method: string
  url: string
  data?: string
  header: Record<string, string>
  success: (answer: { statusCode: number; data: unknown }) => void
  fail: () => void
}

const kept = new Map<string, string>()
const dropped: string[] = []
const calls: string[] = []
let route: Route = () => undefined
const online: (() => void)[] = []

const answer = (method: string, url: string, body: unknown, headers: Record<string, string>) => {
  const path = url.replace(/^.*\/api\/v1/, '')
  calls.push(`${method} ${path}`)
  return route({ method, path, body, headers })
}

export const fakePhone = {
  calls,
  dropped,
  answers: (next: Route) => (route = next),
  comesOnline: () => online.forEach((listener) => listener()),
  reset() {
    kept.clear()
    calls.length = dropped.length = online.length = 0
    route = () => undefined
  },
  uni: {
    getStorageSync: (key: string) => kept.get(key) ?? '',
    setStorageSync: (key: string, value: string) => kept.set(key, value),
    removeStorageSync: (key: string) => kept.delete(key),
    request({ method, url, data, header, success, fail }: UniRequest) {
      const reply = answer(method, url, data === undefined ? undefined : JSON.parse(data), header)
      void Promise.resolve().then(() => (reply ? success({ statusCode: reply.status, data: reply.body ?? '' }) : fail()))
    },
  },
  platform: {
    target: 'h5',
    start: async () => undefined,
    owner: () => '',
    login: async () => ({ proof: { code: 'code', app: 'mini_program' } }),
    subscribe: async () => undefined,
    methodFor: (method: string) => method,
    onOnline: (listener: () => void) => online.push(listener),
    dropPhoto: async (key: string) => dropped.push(key),
    async upload(url: string, key: string, form: Record<string, string>, headers: Record<string, string>) {
      const reply = answer('UPLOAD', url, { ...form, photo: key }, headers)
      return reply ? { status: reply.status, body: reply.body ?? null } : { status: 0, body: null }
    },
  },
}
