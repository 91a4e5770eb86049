import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { defineList } from '@/components/list/types'
import { useList } from '@/composables/useList'
import { use } from './support/mount'
import { serve } from './support/server'

interface Row {
  id: string
  kind?: string
}

const spec = defineList<Row>({
  key: 'rows',
  path: '/rows',
  sort: '-created_at',
  filters: [
    { key: 'name', label: '名称', type: 'text' },
    { key: 'entered', label: '进场日期', type: 'date-range' },
  ],
  columns: [{ key: 'id', label: '编号' }],
  empty: { title: '', hint: '' },
})
const page = (items: Row[], total = items.length) => ({ body: { items, total, page: 1, page_size: 20 } })

it('asks for what stands in the address', async () => {
  const calls = serve(() => page([{ id: 'a' }]))
  const { result } = await use(() => useList(spec), { path: '/list?name=钢筋&entered_from=2026-11-01&entered_to=2026-11-21&page=3&sort=name' })
  expect(calls[0]?.query).toEqual({
    name: '钢筋', entered_from: '2026-11-01', entered_to: '2026-11-21', page: '3', page_size: '20', sort: 'name',
  })
  expect(result.draft.value).toEqual({ name: '钢筋', entered: ['2026-11-01', '2026-11-21'] })
  expect(result.rows.value).toEqual([{ id: 'a' }])
})

it('puts a search into the address and begins at the first page', async () => {
  const calls = serve(() => page([{ id: 'a' }], 90))
  const { result, router } = await use(() => useList(spec), { path: '/list?page=4' })
  result.draft.value = { ...result.draft.value, name: ' 木工 ' }
  result.search()
  await flushPromises()
  expect(router.currentRoute.value.query).toEqual({ name: '木工' })
  expect(calls.at(-1)?.query).toMatchObject({ name: '木工', page: '1' })
  result.reset()
  await flushPromises()
  expect(router.currentRoute.value.query).toEqual({})
})

it('starts from what it says it starts from, and does not repeat that in the address', async () => {
  const initial = { from: '2026-11-01', to: '2026-11-30' }
  const dated = defineList<Row>({ ...spec, initial, filters: [{ key: 'at', label: '日期', type: 'date-range', names: ['from', 'to'], required: true }] })
  const calls = serve(() => page([{ id: 'a' }]))
  const { result, router } = await use(() => useList(dated))
  expect(calls[0]?.query).toMatchObject(initial)
  expect([result.draft.value['at'], result.isFiltered.value]).toEqual([['2026-11-01', '2026-11-30'], false])
  result.draft.value = { ...result.draft.value, at: ['2026-10-01', '2026-11-30'] }
  result.search()
  await flushPromises()
  expect([router.currentRoute.value.query, result.isFiltered.value]).toEqual([{ from: '2026-10-01', to: '2026-11-30' }, true])
  result.reset()
  await flushPromises()
  expect([router.currentRoute.value.query, result.applied.value]).toEqual([{}, initial])
})

it('goes back to the first page when the last one has emptied', async () => {
  const calls = serve(({ query }) => (query['page'] === '5' ? page([], 80) : page([{ id: 'a' }], 80)))
  const { router } = await use(() => useList(spec), { path: '/list?page=5' })
  await flushPromises()
  expect(router.currentRoute.value.query['page']).toBeUndefined()
  expect(calls.at(-1)?.query['page']).toBe('1')
})

it('keeps only its own rows of an answer that is a plain list', async () => {
  serve(() => ({ body: [{ id: 'a', kind: 'browser' }, { id: 'b', kind: 'api' }] }))
  const { result } = await use(() => useList<Row>({ ...spec, keep: (row) => row.kind === 'api' }))
  expect(result.rows.value.map((row) => row.id)).toEqual(['b'])
  expect(result.total.value).toBe(1)
})

it('asks nothing before it has a path', async () => {
  const calls = serve(() => page([]))
  await use(() => useList({ ...spec, path: () => '' }))
  expect(calls).toHaveLength(0)
})

describe('a list that keeps its filters to itself', () => {
  const local = defineList<Row>({
    ...spec,
    state: 'local',
    seeds: ['kind'],
    filters: [...(spec.filters ?? []), { key: 'kind', label: '类型', type: 'select', options: [] }],
    body: (filters) => filters,
  })

  it('starts from what led to it, and takes no names from the address', async () => {
    const calls = serve(() => page([{ id: 'a' }]))
    const { result } = await use(() => useList(local), { path: '/list?kind=worker&name=王' })
    expect(calls[0]?.body).toEqual({ kind: 'worker' })
    expect(result.draft.value).toMatchObject({ kind: 'worker', name: null })
  })

  it('then leaves the address alone', async () => {
    const calls = serve(() => page([{ id: 'a' }]))
    const { result, router } = await use(() => useList(local), { path: '/list?kind=worker' })
    result.reset()
    await flushPromises()
    expect(calls.at(-1)?.body).toEqual({})
    await router.push('/list?kind=manager')
    await flushPromises()
    expect(calls.at(-1)?.body).toEqual({})
  })
})

describe('a list that starts from a day', () => {
  const ofDay = defineList<Row>({
    ...spec,
    state: 'local',
    filters: [{ key: 'day', label: '日期', type: 'date', required: true }, ...(spec.filters ?? [])],
    initial: { day: '2026-11-20' },
    seeds: ['day'],
    body: (filters) => filters,
  })

  it('asks for it at first and after a reset, and does not take it for a filter', async () => {
    const calls = serve(() => page([{ id: 'a' }]))
    const { result } = await use(() => useList(ofDay))
    expect(calls[0]?.body).toEqual({ day: '2026-11-20' })
    expect(result.isFiltered.value).toBe(false)
    result.draft.value = { ...result.draft.value, day: '2026-11-01', name: '王' }
    result.search()
    await flushPromises()
    expect(calls.at(-1)?.body).toEqual({ day: '2026-11-01', name: '王' })
    result.reset()
    await flushPromises()
    expect(result.applied.value).toEqual({ day: '2026-11-20' })
    expect(result.draft.value['day']).toBe('2026-11-20')
  })

  it('begins with the day that led here', async () => {
    const calls = serve(() => page([{ id: 'a' }]))
    await use(() => useList(ofDay), { path: '/list?day=2026-11-02' })
    expect(calls[0]?.body).toEqual({ day: '2026-11-02' })
  })
})
