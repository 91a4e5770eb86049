// Solves a captcha as only somebody can who knows the platform's secret: the token is the sealed answer (see
// backend/src/platform/auth/captcha.rs). Nothing in the platform is loosened for tests.
import { createDecipheriv, createHmac } from 'node:crypto'

// The demo's index key; a run with a key of its own names it in the environment.
const DEMO_INDEX_KEY = 'bWluZ2NlLWRlbW8taW5kZXgta2V5LTMyLWJ5dGVzISE='

export function solve(token, indexKey = process.env.MINGCE__CRYPTO__INDEX_KEY ?? DEMO_INDEX_KEY) {
  const key = createHmac('sha256', Buffer.from(indexKey, 'base64')).update('mingce/derive/captcha').digest()
  const sealed = Buffer.from(token, 'base64url')
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
  decipher.setAuthTag(sealed.subarray(-16))
  const opened = Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()])
  return JSON.parse(opened).a
}
