import { expect, it } from 'vitest'
import { BACK, FRONT, server, startApp } from './support/story'
import { fakePhone } from './support/phone'

async function photographed(join: ReturnType<typeof startApp>) {
  await join.open('CODE')
  join.consent()
  await join.photoTaken('front', 'front-1', 'camera')
  await join.photoTaken('back', 'back-1', 'camera')
  await join.flush()
}

async function filledIn(join: ReturnType<typeof startApp>) {
  join.cardIsRight()
  await join.photoTaken('face', 'face-1', 'camera')
  join.phoneVerified('138****8000')
  join.setWork({ crew_id: 'c1', work_type: '010', settlement: 'time', price: '320' })
  join.workIsGiven()
  join.submit()
  await join.flush()
}

it('from the code to submitted: each step leads to the next, and the server gets what was entered', async () => {
  const { state } = server()
  const join = startApp()
  await join.open('CODE')
  expect(join.step).toBe('consent')
  join.consent()
  expect(join.step).toBe('front')
  await photographed(join)
  expect(join.step).toBe('check')
  expect(join.draft?.card).toMatchObject({ name: '王建国', ethnic: '汉族', id_valid_until: '长期' })
  expect(join.pendingMarks).toEqual(['name'])
  join.confirmMark('name')
  expect(join.pendingMarks).toEqual([])
  await filledIn(join)
  expect(state.bodies['card']).toMatchObject({ name: '王建国', id_valid_until: null, id_front_file_id: 'front-file', id_back_file_id: 'back-file', portrait_file_id: 'portrait-file' })
  expect(state.bodies['face']).toEqual({ face_file_id: 'face-file', source: 'camera' })
  expect(state.bodies['work']).toMatchObject({ crew_id: 'c1', unit_price_fen: 32_000, bank_card: null })
  expect(join.draft?.registration?.state).toBe('submitted')
})

it('after submitting neither photographs nor the ID number stay on the phone', async () => {
  server()
  const join = startApp()
  await photographed(join)
  await filledIn(join)
  expect(join.draft?.card.id_number).toBe('')
  expect([...fakePhone.dropped].sort()).toEqual(['back-1', 'face-1', 'front-1'])
})

it('without a network somebody goes on to the end; all of it is sent when the network is back', async () => {
  const { state } = server()
  const join = startApp()
  await join.open('CODE')
  state.away = true
  join.consent()
  await join.photoTaken('front', 'front-1', 'camera')
  await join.photoTaken('back', 'back-1', 'camera')
  await join.flush()
  expect(join.step).toBe('check')
  join.setCard('name', '王建国')
  join.setCard('id_number', '11010519491231002X')
  await filledIn(join)
  expect(join.isOffline).toBe(true)
  expect(join.parcels.map((parcel) => parcel.what)).toEqual(['begin', 'front', 'back', 'card', 'face_photo', 'face', 'phone', 'work', 'submit'])
  state.away = false
  fakePhone.comesOnline()
  await join.flush()
  expect(join.draft?.registration?.state).toBe('submitted')
})

it('an app that was killed goes on where it was, and sends what waited', async () => {
  const { state } = server()
  const first = startApp()
  await first.open('CODE')
  state.away = true
  first.consent()
  await first.photoTaken('front', 'front-1', 'camera')
  await first.flush()

  const second = startApp()
  expect(second.last()).toBe('CODE')
  await second.open('CODE')
  expect(second.step).toBe('back')
  expect(second.parcels.map((parcel) => parcel.what)).toEqual(['begin', 'front'])
  state.away = false
  await second.resend()
  expect(second.draft?.photos.front).toMatchObject({ state: 'kept', fileId: 'front-file' })
})

it('another phone goes on from what the server has', async () => {
  const { state } = server()
  state.bodies['begin'] = {}
  Object.assign(state.registration.steps, { card: true, face: true })
  const join = startApp()
  await join.open('CODE')
  expect(join.step).toBe('phone')
})

it('a picture of the other side is refused with what to do, and what follows waits', async () => {
  const { special } = server()
  special['UPLOAD /phone/vision/id-card'] = { status: 200, body: BACK }
  const join = startApp()
  await join.open('CODE')
  join.consent()
  await join.photoTaken('front', 'front-1', 'camera')
  await join.flush()
  expect(join.draft?.photos.front).toMatchObject({ state: 'refused', message: '这是有国徽的一面，请拍有头像的一面' })
  expect(join.step).toBe('front')
  special['UPLOAD /phone/vision/id-card'] = { status: 200, body: FRONT }
  await join.photoTaken('front', 'front-2', 'camera')
  await join.flush()
  expect(join.step).toBe('back')
  expect(fakePhone.dropped).toEqual(['front-1'])
})

it('the face of somebody else leads back to the face', async () => {
  const { special } = server()
  const join = startApp()
  await photographed(join)
  special['PUT /phone/registrations/r1/face'] = { status: 422, body: { code: 'invalid', message: '', fields: { face_file_id: '与身份证照片不像同一个人，请本人拍摄' } } }
  await filledIn(join)
  expect(join.step).toBe('face')
  expect(join.draft?.photos.face?.message).toBe('与身份证照片不像同一个人，请本人拍摄')
})

it('what somebody typed while the picture waited is not overwritten by the reading', async () => {
  const { state } = server()
  const join = startApp()
  await join.open('CODE')
  state.away = true
  join.consent()
  await join.photoTaken('front', 'front-1', 'camera')
  join.setCard('name', '王建囯')
  join.cardIsRight()
  state.away = false
  await join.flush()
  expect(join.draft?.card.name).toBe('王建囯')
})

it('a lost answer is asked for again with the same key', async () => {
  const { state, special } = server()
  const join = startApp()
  await join.open('CODE')
  special['POST /phone/registrations'] = { status: 503 }
  join.consent()
  await join.flush()
  delete special['POST /phone/registrations']
  await join.flush()
  const keys = state.keys.filter((key) => key.startsWith('/phone/registrations '))
  expect(keys).toHaveLength(2)
  expect(new Set(keys).size).toBe(1)
})

it('one who was refused reads why and may change any step and submit again', async () => {
  const { state } = server()
  state.bodies['begin'] = {}
  Object.assign(state.registration, { state: 'refused', reason: '人脸照片太暗' })
  Object.assign(state.registration.steps, { card: true, face: true, phone: true, work: true })
  Object.assign(state.registration, { crew_id: 'c1', work_type: '010' })
  const join = startApp()
  await join.open('CODE')
  expect(join.step).toBe('submit')
  await join.photoTaken('face', 'face-2', 'camera')
  join.submit()
  await join.flush()
  expect(join.draft?.registration?.state).toBe('submitted')
})

it('a session that has run out is renewed once, unnoticed', async () => {
  const { state } = server()
  let first = true
  const join = startApp()
  await join.open('CODE')
  fakePhone.answers(({ path }) => {
    if (path === '/phone/session') return { status: 200, body: { token: 'ph_2', expires_at: '' } }
    if (first) return ((first = false), { status: 401 })
    return { status: 200, body: state.registration }
  })
  join.consent()
  await join.flush()
  expect(join.draft?.registration?.id).toBe('r1')
})
