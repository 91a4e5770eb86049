import { createPinia, setActivePinia } from 'pinia'
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { jobTitle, useJobs, type Job } from '@/jobs/store'
import { serve } from './support/server'

const job = (state: Job['state'], more: Partial<Job> = {}): Job => ({ id: 'j', kind: 'roster.export', state, progress: 0, ...more })
const page = (job: Job) => ({ body: { items: [job], total: 1, page: 1, page_size: 20 } })

beforeEach(() => {
  setActivePinia(createPinia())
  vi.useFakeTimers()
})
afterEach(() => {
  useJobs().stop()
  vi.useRealTimers()
})

it('asks again while something runs, and rests when all has ended', async () => {
  let state: Job['state'] = 'running'
  const calls = serve(() => page(job(state)))
  const jobs = useJobs()
  await jobs.refresh()
  expect(jobs.running).toHaveLength(1)
  state = 'done'
  await vi.advanceTimersByTimeAsync(2_000)
  await flushPromises()
  expect(jobs.running).toHaveLength(0)
  expect(jobs.unseen).toBe(1)
  const asked = calls.length
  await vi.advanceTimersByTimeAsync(20_000)
  expect(calls).toHaveLength(asked)
})

it('fetches the file of an export that was asked for here, once', async () => {
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  serve(() => page(job('done', { file: { name: '花名册.xlsx', download_url: '/files/1' } })))
  const jobs = useJobs()
  jobs.follow('j', { download: true })
  await jobs.refresh()
  await jobs.refresh()
  expect(click).toHaveBeenCalledOnce()
})

it('does not download what failed', async () => {
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockClear()
  serve(() => page(job('failed', { error: '磁盘已满' })))
  const jobs = useJobs()
  jobs.follow('j', { download: true })
  await jobs.refresh()
  expect(click).not.toHaveBeenCalled()
})

it('names jobs in the words of the button that starts them', () => {
  expect(jobTitle({ kind: 'roster.import' })).toBe('批量人员进场')
  expect(jobTitle({ kind: 'something.export' })).toBe('导出')
})
