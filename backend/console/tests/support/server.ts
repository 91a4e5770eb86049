import { vi } from 'vitest'

export interface Call {
  method: string
  path: string
  query: Record<string, string>
  body: unknown
  headers: Headers
}

export interface Reply {
  status?: number
  body?: unknown
}

/** A server that answers from a function and remembers what it was asked. */
export function serve(answer: (call: Call) => Reply | Promise<Reply>) {
  const calls: Call[] = []
  vi.stubGlobal('fetch', async (input: Request | string, init?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(new URL(input, 'http://localhost'), init)
    const url = new URL(request.url)
    const text = await request.clone().text()
    const call: Call = {
      method: request.method,
      path: url.pathname.replace('/api/v1', ''),
      query: Object.fromEntries(url.searchParams),
      body: text ? JSON.parse(text) : undefined,
      headers: request.headers,
    }
    calls.push(call)
    const { status = 200, body } = await answer(call)
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
  })
  return calls
}

/** A server nobody can reach. */
export function unreachable() {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')))
}
