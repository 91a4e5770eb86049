import { expect, it } from 'vitest'
import { fakePhone } from './support/phone'
import { server, startApp } from './support/story'

it('a card that cannot be read is kept as it is, and typed', async () => {
  const { special } = server()
  special['UPLOAD /phone/vision/id-card'] = { status: 422, body: { code: 'invalid', message: '', fields: { file: '图片中没有找到身份证' } } }
  special['UPLOAD /phone/files'] = { status: 200, body: { id: 'as-it-is' } }
  const join = startApp()
  await join.open('CODE')
  join.consent()
  await join.photoTaken('front', 'front-1', 'album')
  await join.flush()
  expect(join.draft?.photos.front).toMatchObject({ state: 'refused', message: '图片中没有找到身份证' })
  join.keepAsIs('front')
  await join.flush()
  expect(join.draft?.photos.front).toMatchObject({ state: 'kept', fileId: 'as-it-is' })
  expect(join.step).toBe('back')
  expect(fakePhone.calls.filter((call) => call === 'UPLOAD /phone/files')).toHaveLength(1)
})
