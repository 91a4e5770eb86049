import type { Plugin } from 'vite'
import { answer } from './server.ts'

/** `MINGCE_MOCK=1 npm run dev` looks at pages without a backend. Never part of a build. */
export function mock(): Plugin {
  return {
    name: 'mingce-mock',
    apply: () => process.env['MINGCE_MOCK'] === '1' && process.env['NODE_ENV'] !== 'production',
    configureServer(server) {
      server.middlewares.use('/api/v1', (request, response) => {
        const url = new URL(request.url ?? '/', 'http://mock')
        const { status, body } = answer(request.method ?? 'GET', url)
        response.writeHead(status, { 'content-type': 'application/json' })
        setTimeout(() => response.end(body === undefined ? '' : JSON.stringify(body)), 120)
      })
    },
  }
}
