import { flushPromises } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { ref } from 'vue'
import { use } from '../../../../tests/support/mount'
import { serve } from '../../../../tests/support/server'
import { useGridRows } from './useGridRows'

const TOTAL = 250
const page = (number: number, name = 'row') => ({
  body: { items: Array.from({ length: Math.min(100, TOTAL - (number - 1) * 100) }, (_, at) => `${name} ${(number - 1) * 100 + at}`), total: TOTAL, page: number, page_size: 100 },
})
const rowsOf = (body = ref<Record<string, string>>({ month: '2026-11' })) => useGridRows<string>(ref('/months'), body, ref('crew_name'))

it('brings the rows that are scrolled to, each chunk once', async () => {
  const calls = serve(({ query }) => page(Number(query['page'])))
  const { result } = await use(() => rowsOf())
  expect(result.total.value).toBe(TOTAL)
  expect([result.rowAt(0), result.rowAt(150)]).toEqual(['row 0', undefined])
  result.ensure(90, 120)
  result.ensure(95, 130)
  await flushPromises()
  expect(result.rowAt(150)).toBe('row 150')
  expect(calls.map(({ query }) => query['page'])).toEqual(['1', '2'])
})

it('another question keeps the old rows until the new ones are there', async () => {
  let answer: () => void = () => undefined
  const body = ref<Record<string, string>>({ month: '2026-11' })
  serve(async ({ body: asked }) => {
    const { month } = asked as { month: string }
    if (month === '2026-10') await new Promise<void>((resolve) => (answer = resolve))
    return page(1, month)
  })
  const { result } = await use(() => rowsOf(body))
  body.value = { month: '2026-10' }
  await flushPromises()
  expect([result.rowAt(0), result.stale.value]).toEqual(['2026-11 0', true])
  answer()
  await flushPromises()
  expect([result.rowAt(0), result.stale.value]).toEqual(['2026-10 0', false])
})

it('a refusal is told, and asked again on demand', async () => {
  let refuse = true
  serve(({ query }) => (refuse ? { status: 403, body: { code: 'forbidden', message: '您没有此项权限' } } : page(Number(query['page']))))
  const { result } = await use(() => rowsOf())
  expect([result.error.value?.message, result.pending.value]).toEqual(['您没有此项权限', false])
  refuse = false
  result.restart()
  await flushPromises()
  expect([result.error.value, result.rowAt(0)]).toEqual([null, 'row 0'])
})
