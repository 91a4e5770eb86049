import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { storage } from '@/storage'
import { useObjections } from '@/stores/objections'
import { fakePhone } from './support/phone'

const DAY = '2026-11-20'

beforeEach(() => setActivePinia(createPinia()))

async function written() {
  const objections = useObjections()
  objections.keep({ ...objections.draft('e1', DAY), said: '忘记刷脸了' })
  await objections.photoTaken('e1', DAY, 'photo-1')
  return objections
}

const taken = () =>
  fakePhone.answers(({ path }) => (path === '/phone/files' ? { status: 201, body: { id: 'f1' } } : { status: 201, body: { id: 'o1' } }))

it('what is typed and photographed is there again after the page was closed', async () => {
  await written()
  setActivePinia(createPinia())
  expect(useObjections().draft('e1', DAY)).toMatchObject({ said: '忘记刷脸了', photo: 'photo-1' })
})

it('without a network it waits on the phone, and goes when there is one again', async () => {
  const objections = await written()
  expect(await objections.give('e1', DAY)).toBe('waits')
  expect(objections.undelivered('e1').map((one) => one.day)).toEqual([DAY])
  const sent: unknown[] = []
  fakePhone.answers(({ path, body }) => {
    sent.push([path, body])
    return { status: 201, body: { id: 'f1' } }
  })
  fakePhone.comesOnline()
  await objections.resume()
  await new Promise((done) => setTimeout(done, 20))
  expect(sent).toEqual([
    ['/phone/files', { purpose: 'photo', photo: 'photo-1' }],
    ['/phone/me/objections', { entry_id: 'e1', day: DAY, said: '忘记刷脸了', file_id: 'f1' }],
  ])
  expect(objections.undelivered('e1')).toEqual([])
  expect(fakePhone.dropped).toEqual(['photo-1'])
})

it('a phone that was switched off sends what waited, under the same key and with the picture it had sent', async () => {
  const keys: string[] = []
  let pictures = 0
  fakePhone.answers(({ path, headers }) => {
    if (path === '/phone/files') return { status: 201, body: { id: `f${++pictures}` } }
    keys.push(headers['Idempotency-Key'] ?? headers['idempotency-key'] ?? '')
    return undefined
  })
  expect(await (await written()).give('e1', DAY)).toBe('waits')
  setActivePinia(createPinia())
  await useObjections().resume()
  expect(pictures).toBe(1)
  expect(keys).toHaveLength(2)
  expect(keys[0]).toBeTruthy()
  expect(keys[1]).toBe(keys[0])
})

it('what is refused says why, keeps its words and its picture, and holds nothing else up', async () => {
  const objections = await written()
  fakePhone.answers(({ path, body }) => {
    if (path === '/phone/files') return { status: 201, body: { id: 'f1' } }
    const { day } = body as { day: string }
    return day === DAY ? { status: 422, body: { code: 'invalid', message: '请修改', fields: { said: '这段话不允许' } } } : { status: 201, body: { id: 'o2' } }
  })
  expect(await objections.give('e1', DAY)).toBe('refused')
  expect(objections.draft('e1', DAY)).toMatchObject({ said: '忘记刷脸了', photo: 'photo-1', refusal: '这段话不允许' })
  objections.keep({ ...objections.draft('e1', '2026-11-21'), said: '机器坏了，没刷成' })
  expect(await objections.give('e1', '2026-11-21')).toBe('sent')
  taken()
  expect(await objections.give('e1', DAY)).toBe('sent')
})

it('what nobody came back to for a month is forgotten', async () => {
  await written()
  const kept = storage.get<Record<string, { savedAt: number }>>('objections.drafts') ?? {}
  for (const one of Object.values(kept)) one.savedAt -= 31 * 24 * 3_600_000
  storage.set('objections.drafts', kept)
  setActivePinia(createPinia())
  expect(useObjections().draft('e1', DAY).said).toBe('')
})
