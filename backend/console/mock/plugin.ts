import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Plugin } from 'vite'
import { justNow } from './attendance.ts'
import { picture } from './people.ts'
import { answer } from './server.ts'

/** `MINGCE_MOCK=1 npm run dev` looks at pages without a backend. Never part of a build. */
export function mock(): Plugin {
  return {
    name: 'mingce-mock',
    apply: () => process.env['MINGCE_MOCK'] === '1' && process.env['NODE_ENV'] !== 'production',
    configureServer(server) {
      server.middlewares.use('/files/mock', (request, response) => {
        response.writeHead(200, { 'content-type': 'image/svg+xml', 'cache-control': 'max-age=3600' })
        response.end(picture(Number.parseInt(request.url?.slice(1) ?? '0', 10)))
      })
      server.middlewares.use('/api/v1', (request, response) => {
        const url = new URL(request.url ?? '/', 'http://mock')
        if (url.pathname.endsWith('/live')) return stream(request, response)
        void read(request).then((body) => {
          const { status, body: said } = answer(request.method ?? 'GET', url, body)
          response.writeHead(status, { 'content-type': 'application/json' })
          setTimeout(() => response.end(said === undefined ? '' : JSON.stringify(said)), 120)
        })
      })
    },
  }
}

async function read(request: IncomingMessage): Promise<Record<string, string>> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const text = Buffer.concat(parts).toString()
  return text === '' ? {} : (JSON.parse(text) as Record<string, string>)
}

/** A punch every few seconds, and now and then a device. */
function stream(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write(': here\n\n')
  const timer = setInterval(() => {
    const punch = justNow()
    response.write(`event: punch\ndata: ${JSON.stringify({ kind: 'punch', punches: [punch] })}\n\n`)
    response.write(`event: device\ndata: ${JSON.stringify({ kind: 'device', device_id: punch.device_id, what: 'changed' })}\n\n`)
  }, 2_500)
  request.on('close', () => clearInterval(timer))
}
