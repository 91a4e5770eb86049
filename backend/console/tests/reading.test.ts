import { beforeEach, expect, it, vi } from 'vitest'
import { ApiError } from '@/api'
import { defineFields } from '@/components/form/types'
import { useCardReading } from '@/components/vision/useCardReading'
import { sendForm, uploadFile } from '@/composables/upload'
import { useForm } from '@/composables/useForm'
import { use } from './support/mount'
import { serve } from './support/server'

vi.mock('@/composables/upload', () => ({ sendForm: vi.fn(), uploadFile: vi.fn() }))

const stored = (id: string) => ({ id, name: `${id}.jpg`, url: `/files/${id}` })
const field = (name: string, value: string, sure = true) => ({ name, value, sure, confidence: 1, cut: sure ? null : 'data:x', lookalikes: [] })
const front = {
  side: 'front', temporary: false, model: 'x@1', picture: stored('front'), portrait: stored('portrait'),
  warnings: [{ code: 'card_photocopy', message: '这像是复印件' }],
  fields: [field('name', '洗星海', false), field('nation', '汉'), field('id_number', '440703199001011234')],
}
const back = { ...front, side: 'back', picture: stored('back'), portrait: null, warnings: [], fields: [field('authority', '江门市公安局')] }
const file = (name: string) => new File(['x'], name, { type: 'image/jpeg' })

async function start({ available = true, masked }: { available?: boolean; masked?: string } = {}) {
  serve((call) => ({ body: call.path === '/vision' ? { available } : {} }))
  const fields = defineFields(
    ['name', 'ethnic', 'id_number', 'id_authority', 'id_front_file_id', 'id_back_file_id', 'portrait_file_id'].map((key) => ({ key, label: key, type: 'text' as const })),
  )
  const { result } = await use(() => ({
    form: useForm({ fields, initial: () => ({ name: '', ethnic: '壮族' }), submit: () => Promise.resolve() }),
    reader: useCardReading({ ethnicGroups: () => ['汉族', '壮族'], maskedNumber: () => masked }),
  }))
  return result
}

beforeEach(() => vi.clearAllMocks())

it('two sides dropped at once each find their place, and fill the form', async () => {
  vi.mocked(sendForm).mockResolvedValueOnce(back).mockResolvedValueOnce(front)
  const { form, reader } = await start()
  await reader.take([file('a.jpg'), file('b.jpg'), file('c.jpg')], 'front', form)
  expect(sendForm).toHaveBeenCalledTimes(2)
  expect(form.values).toMatchObject({
    name: '洗星海', ethnic: '汉族', id_number: '440703199001011234', id_authority: '江门市公安局',
    id_front_file_id: { id: 'front' }, id_back_file_id: { id: 'back' }, portrait_file_id: { id: 'portrait' },
  })
  expect(reader.sides.front.warnings).toEqual(['这像是复印件'])
  expect(reader.sides.back.warnings).toEqual([])
  expect(Object.keys(reader.marks.value)).toEqual(['name'])
  expect(reader.isMarked('name', '洗星海')).toBe(true)
  reader.settle('name', form, '冼星海')
  expect(form.values['name']).toBe('冼星海')
  expect(reader.isMarked('name', '洗星海')).toBe(false)
})

it('a side on the other one’s place is put where it belongs, and that is said', async () => {
  vi.mocked(sendForm).mockResolvedValueOnce(back)
  const { form, reader } = await start()
  await reader.take([file('a.jpg')], 'front', form)
  expect(form.values['id_front_file_id']).toBeFalsy()
  expect(form.values['id_back_file_id']).toMatchObject({ id: 'back' })
  expect(reader.sides.back.warnings).toEqual(['这是国徽面，已放在这里。'])
})

it('what could not be read leaves what stands there, to be compared', async () => {
  vi.mocked(sendForm).mockResolvedValueOnce({ ...front, fields: [field('nation', '', false)] })
  const { form, reader } = await start()
  await reader.take([file('a.jpg')], 'front', form)
  expect(form.values['ethnic']).toBe('壮族')
  expect(reader.isMarked('ethnic', '壮族')).toBe(true)
})

it('a card with another number is somebody else’s and fills nothing', async () => {
  vi.mocked(sendForm).mockResolvedValueOnce(front)
  const { form, reader } = await start({ masked: '440***********9999' })
  await reader.take([file('a.jpg')], 'front', form)
  expect(form.values['name']).toBe('')
  expect(form.values['id_front_file_id']).toBeFalsy()
  expect(reader.sides.front.problem).toContain('不一致')
})

it('a picture that is refused says why, and may be kept unread', async () => {
  vi.mocked(sendForm).mockRejectedValueOnce(new ApiError(422, 'invalid', '请检查', { file: '这像是银行卡' }))
  vi.mocked(uploadFile).mockResolvedValueOnce(stored('kept'))
  const { form, reader } = await start()
  await reader.take([file('a.jpg')], 'back', form)
  expect(reader.sides.back.problem).toBe('这像是银行卡')
  await reader.keepUnread('back', form)
  expect(form.values['id_back_file_id']).toMatchObject({ id: 'kept' })
  expect(reader.sides.back.problem).toBe('')
})

it('without networks a picture is only uploaded', async () => {
  vi.mocked(uploadFile).mockResolvedValueOnce(stored('plain'))
  const { form, reader } = await start({ available: false })
  await reader.take([file('a.jpg')], 'front', form)
  expect(sendForm).not.toHaveBeenCalled()
  expect(form.values['id_front_file_id']).toMatchObject({ id: 'plain' })
})

it('that nobody looks at pictures now is no reason for the banner', () => {
  expect(new ApiError(503, 'vision_busy', '识别人数较多').isUnavailable).toBe(false)
  expect(new ApiError(503, 'unavailable', '平台正在恢复').isUnavailable).toBe(true)
})
