import { expect, it, vi } from 'vitest'
import { ApiError } from '@/api'
import { checkAll, toPayload } from '@/components/form/validate'
import { defineFields } from '@/components/form/types'
import { useForm } from '@/composables/useForm'
import { use } from './support/mount'

const fields = defineFields([
  { key: 'name', label: '班组名称', type: 'text', required: true },
  { key: 'kind', label: '类型', type: 'select', required: true, options: [] },
  { key: 'work_type', label: '工种', type: 'select', required: true, options: [], visible: (values) => values['kind'] === 'workers' },
  { key: 'leader_phone', label: '电话', type: 'tel', check: (value) => (/^1\d{10}$/.test(String(value)) ? undefined : '手机号码不正确') },
])

it('says what is missing in the words of the field, and asks nothing of what is hidden', () => {
  expect(checkAll(fields, { name: '  ', kind: '' })).toEqual({ name: '请填写班组名称', kind: '请选择类型' })
  expect(checkAll(fields, { name: '钢筋一班', kind: 'others' })).toEqual({})
  expect(checkAll(fields, { name: '钢筋一班', kind: 'workers' })).toEqual({ work_type: '请选择工种' })
  expect(checkAll(fields, { name: '钢筋一班', kind: 'others', leader_phone: '110' })).toEqual({ leader_phone: '手机号码不正确' })
})

it('sends only what is shown, without blanks around it, and nothing as null', () => {
  const values = { name: ' 钢筋一班 ', kind: 'others', work_type: '020', leader_phone: '' }
  expect(toPayload(fields, values)).toEqual({ name: '钢筋一班', kind: 'others', leader_phone: null })
})

it('does not send what its own rules refuse', async () => {
  const submit = vi.fn()
  const { result } = await use(() => useForm({ fields, submit }))
  expect(await result.submit()).toBe(false)
  expect(submit).not.toHaveBeenCalled()
  expect(result.errors.value).toHaveProperty('name')
})

it('shows the reasons of the server at their fields, and tries again with another key', async () => {
  const submit = vi.fn().mockRejectedValueOnce(new ApiError(422, 'invalid', '请检查', { name: '已有同名班组' })).mockResolvedValue(undefined)
  const { result } = await use(() => useForm({ fields, initial: () => ({ name: '钢筋一班', kind: 'others' }), submit }))
  expect(await result.submit()).toBe(false)
  expect(result.errors.value).toEqual({ name: '已有同名班组' })
  expect(await result.submit()).toBe(true)
  const [first, second] = submit.mock.calls.map(([, key]) => String(key))
  expect(first).not.toBe(second)
})

it('keeps its key when nobody knows whether the server has done it', async () => {
  const submit = vi.fn().mockRejectedValueOnce(new ApiError(0, 'http_0', '网络不通')).mockResolvedValue(undefined)
  const { result } = await use(() => useForm({ fields, initial: () => ({ name: '钢筋一班', kind: 'others' }), submit }))
  await result.submit()
  await result.submit()
  const [first, second] = submit.mock.calls.map(([, key]) => String(key))
  expect(first).toBe(second)
})

it('knows whether somebody has typed', async () => {
  const { result } = await use(() => useForm({ fields, submit: () => Promise.resolve() }))
  expect(result.isDirty()).toBe(false)
  result.values['name'] = '木工'
  expect(result.isDirty()).toBe(true)
})
