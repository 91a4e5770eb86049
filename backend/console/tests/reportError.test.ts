import { ElMessage } from 'element-plus'
import { beforeEach, expect, it, vi } from 'vitest'
import { ApiError } from '@/api'
import { reportError } from '@/composables/reportError'

vi.mock('element-plus', () => ({ ElMessage: vi.fn(), ElMessageBox: { confirm: vi.fn() } }))
const said = () => vi.mocked(ElMessage).mock.calls.map(([options]) => (options as { message: string }).message)

beforeEach(() => vi.mocked(ElMessage).mockClear())

it('says the reasons of fields where no form shows them', () => {
  reportError(new ApiError(422, 'invalid', '请检查填写的内容', { reason: '请写明原因' }))
  expect(said()).toEqual(['请写明原因'])
})

it('leaves them to a form that shows them', () => {
  const problem = reportError(new ApiError(422, 'invalid', '请检查填写的内容', { reason: '请写明原因' }), { showsFields: true })
  expect(problem.fields).toEqual({ reason: '请写明原因' })
  expect(said()).toEqual([])
})

it('says what has no field, and leaves a platform that is away to the banner', () => {
  reportError(new ApiError(409, 'taken', '卡号已被占用'), { showsFields: true })
  reportError(new ApiError(503, 'unavailable', '平台正在恢复'))
  expect(said()).toEqual(['卡号已被占用'])
})
