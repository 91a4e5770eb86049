import { expect, it } from 'vitest'
import { checkWords, deliveryWords, goneWords, versionsOf, type Picture } from './pictures'

const picture = (rest: Partial<Picture>) => ({ id: '1', kind: 'face', version: 1, source: 'console', comparable: true, created_at: '2026-11-20T02:00:00Z', ...rest }) as Picture

it('the current picture is the one no other has taken the place of', () => {
  const first = picture({ id: 'a', superseded_at: '2026-11-21T00:00:00Z' })
  const second = picture({ id: 'b', version: 2 })
  const portrait = picture({ id: 'c', kind: 'portrait' })
  const found = versionsOf([first, portrait, second], 'face')
  expect(found.current?.id).toBe('b')
  expect(found.earlier.map((one) => one.id)).toEqual(['a'])
})

it('says what the check found', () => {
  expect(checkWords(picture({})).text).toBe('尚未检查')
  const checked = { checked_at: '2026-11-20T02:00:01Z' }
  expect(checkWords(picture({ ...checked, issues: [] })).text).toBe('符合要求')
  const issues = [{ code: 'no_face', message: '照片中没有找到人脸' }]
  expect(checkWords(picture({ ...checked, issues, comparable: false })).text).toBe('不能用于比对')
})

it('says where a face is on its way to the terminals', () => {
  expect(deliveryWords(picture({ version: 2 }), true)).toContain('几分钟内')
  expect(deliveryWords(picture({ version: 2, sent_at: '2026-11-20T02:05:00Z' }), true)).toBe('2026-11-20 10:05 已通知设备更新')
  expect(deliveryWords(picture({ version: 2 }), false)).toContain('不在场')
})

it('says why an earlier picture is not shown', () => {
  expect(goneWords(picture({ deleted_at: '2026-11-20T02:00:00Z' }))).toBe('2026-11-20 到期删除')
  expect(goneWords(picture({ url: '/x' }))).toBe('')
})
