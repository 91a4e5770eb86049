import { ElMessageBox } from 'element-plus'
import { flushPromises } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import { ApiError } from '@/api'
import RuleRow from '@/views/policies/modules/RuleRow.vue'
import { usePolicies, type Rule } from '@/views/policies/usePolicies'
import { show, use } from './support/mount'
import { serve } from './support/server'

const rule = (value: number, revision: number) =>
  ({ key: 'exit_undo_days', title: '撤销退场', note: '', rule: { kind: 'number', min: 0, max: 90, unit: '天' }, value, inherited: 7, own: true, revision, from_region: '江门市' }) as Rule

it('sends the revision the region had when somebody decided', async () => {
  const calls = serve(({ method }) => (method === 'GET' ? { body: [] } : { status: 204 }))
  const { result } = await use(usePolicies)
  await result.save(rule(7, 3), 14)
  await result.inherit(rule(7, 0))
  const written = calls.filter((call) => call.method !== 'GET').map((call) => [call.method, call.headers.get('If-Match')])
  expect(written).toEqual([['PUT', '"3"'], ['DELETE', '"0"']])
})

it('changes what was seen when 修改 was pressed, and offers the newer one after a refusal', async () => {
  serve(() => ({ body: {} }))
  const ask = vi.spyOn(ElMessageBox, 'confirm').mockResolvedValue('confirm' as never)
  const save = vi.fn().mockRejectedValue(new ApiError(412, 'stale', '已被他人修改'))
  const { wrapper } = await show(RuleRow, { props: { rule: rule(7, 3), editable: true, save, inherit: vi.fn() } })
  await wrapper.find('.actions button').trigger('click')
  // Somebody else's change arrives while this one is being typed.
  await wrapper.setProps({ rule: rule(30, 4) })
  await wrapper.find('form').trigger('submit')
  await flushPromises()
  expect((save.mock.calls[0]?.[0] as Rule).revision).toBe(3)
  expect(ask).toHaveBeenCalled()
  expect(wrapper.emitted('stale')).toHaveLength(1)
  expect(wrapper.find('form').exists()).toBe(false)
})
