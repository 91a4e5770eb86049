import { ElSelect } from 'element-plus'
import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { ApiError } from '@/api'
import RemoteSelect from '@/components/form/RemoteSelect.vue'
import { show } from './support/mount'

const options = (wrapper: Awaited<ReturnType<typeof show>>['wrapper']) =>
  wrapper.findAllComponents({ name: 'ElOption' }).map((option) => option.props('label') as string)
const open = async (wrapper: Awaited<ReturnType<typeof show>>['wrapper']) => {
  wrapper.findComponent(ElSelect).vm.$emit('visible-change', true)
  await flushPromises()
}

it('names a value that came with the address', async () => {
  const nameOf = vi.fn().mockResolvedValue('钢筋一班')
  const { wrapper } = await show(RemoteSelect, { props: { modelValue: 'c1', load: () => Promise.resolve([]), nameOf } })
  expect(nameOf).toHaveBeenCalledWith('c1')
  expect(options(wrapper)).toEqual(['钢筋一班'])
})

it('asks anew when what the options depend on has changed', async () => {
  const load = vi.fn().mockResolvedValueOnce([{ value: 'a', label: '甲班' }]).mockResolvedValueOnce([{ value: 'b', label: '乙班' }])
  const { wrapper } = await show(RemoteSelect, { props: { load, scope: 'unit-1' } })
  await open(wrapper)
  expect(options(wrapper)).toEqual(['甲班'])
  await wrapper.setProps({ scope: 'unit-2' })
  await open(wrapper)
  expect(options(wrapper)).toEqual(['乙班'])
})

it('says that its options have not loaded, and tries again when it is opened again', async () => {
  const load = vi.fn().mockRejectedValueOnce(new ApiError(500, 'internal', '操作没有成功')).mockResolvedValueOnce([{ value: 'a', label: '甲班' }])
  const { wrapper } = await show(RemoteSelect, { props: { load } })
  await open(wrapper)
  expect(wrapper.findComponent(ElSelect).props('noDataText')).toBe('没有载入：操作没有成功')
  await open(wrapper)
  expect(options(wrapper)).toEqual(['甲班'])
})
