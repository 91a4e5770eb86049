import { expect, it } from 'vitest'
import { ApiError } from '@/api/errors'
import { Outbox, type Parcel } from '@/queue/outbox'

const RANKS = ['begin', 'photo', 'form', 'submit'] as const
type What = (typeof RANKS)[number]

function outbox(send: (parcel: Parcel<What>) => Promise<void>, kept: Parcel<What>[] = []) {
  const disk = { parcels: kept }
  const timers: { act: () => void; milliseconds: number }[] = []
  const box = new Outbox<What>(RANKS, {
    load: () => disk.parcels,
    save: (parcels) => (disk.parcels = JSON.parse(JSON.stringify(parcels))),
    send,
    changed: () => undefined,
    later: (act, milliseconds) => {
      timers.push({ act, milliseconds })
      return () => undefined
    },
  })
  return { box, disk, timers }
}

const away = () => Promise.reject(new ApiError(0, 'http_0', ''))

it('what is put in is sent in the order of its rank, whatever was put in first', async () => {
  const sent: string[] = []
  let open = false
  const { box } = outbox(async ({ what }) => {
    if (!open) throw new ApiError(0, 'http_0', '')
    sent.push(what)
  })
  box.put('submit')
  await box.flush()
  box.put('photo')
  box.put('begin')
  await box.flush()
  open = true
  await box.flush()
  expect(sent).toEqual(['begin', 'photo', 'submit'])
  expect(box.state).toBe('idle')
})

it('without a network everything stays on disk and is tried again, later and later', async () => {
  const { box, disk, timers } = outbox(away)
  box.put('photo')
  await box.flush()
  await box.flush()
  await box.flush()
  expect(box.state).toBe('waiting')
  expect(disk.parcels.map((parcel) => parcel.what)).toEqual(['photo'])
  expect(timers.map((timer) => timer.milliseconds)).toEqual([2_000, 4_000, 8_000])
})

it('a phone that was switched off sends what it kept, with the same key', async () => {
  const first = outbox(away)
  first.box.put('form')
  await first.box.flush()
  const keys: string[] = []
  const second = outbox(async (parcel) => void keys.push(parcel.key), first.disk.parcels)
  await second.box.flush()
  expect(keys).toEqual([first.disk.parcels[0]?.key])
})

it('a refusal holds back what follows, until it is put right', async () => {
  const sent: string[] = []
  let good = false
  const { box } = outbox(async ({ what }) => {
    if (what === 'photo' && !good) throw new ApiError(422, 'blurred', '照片不清楚', { file: '请再拍一次' })
    sent.push(what)
  })
  box.put('photo')
  box.put('submit')
  await box.flush()
  expect(box.state).toBe('refused')
  expect(box.refusal('photo')).toEqual({ message: '请再拍一次', fields: { file: '请再拍一次' } })
  expect(sent).toEqual([])
  good = true
  box.put('photo')
  await box.flush()
  expect(sent).toEqual(['photo', 'submit'])
})

it('what is replaced while it is on its way is sent once more', async () => {
  const keys: string[] = []
  let answer: () => void = () => undefined
  const { box } = outbox((parcel) => {
    keys.push(parcel.key)
    return new Promise((resolve) => (answer = resolve))
  })
  box.put('form')
  const flight = box.flush()
  box.put('form')
  answer()
  await Promise.resolve()
  await new Promise((done) => setTimeout(done))
  answer()
  await flight
  expect(new Set(keys).size).toBe(2)
  expect(box.state).toBe('idle')
})

it('a login that has run out is no refusal of what was entered', async () => {
  const { box } = outbox(() => Promise.reject(new ApiError(401, 'http_401', '')))
  box.put('form')
  await box.flush()
  expect(box.refusal('form')).toBeNull()
  expect(box.has('form')).toBe(true)
})
