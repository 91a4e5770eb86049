import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api, type Page } from '@/api'
import { jobKind } from './words'

export interface Job {
  id: string
  kind: string
  state: 'queued' | 'running' | 'done' | 'failed'
  progress: number
  message?: string | null
  result?: unknown
  error?: string | null
  /** What it made: an export, or the rows an import refused. */
  file?: { name: string; download_url: string } | null
  created_at?: string
}

const GENERIC: [RegExp, string][] = [[/export/, '导出'], [/import/, '导入'], [/push|device/, '下发设备'], [/upload/, '上传']]
const POLL_MS = 1_500
const SHOWN = 20

/** The account's own long work: what runs is polled, what is done can be fetched. */
export const useJobs = defineStore('jobs', () => {
  const jobs = ref<Job[]>([])
  const unseen = ref(0)
  const toDownload = new Set<string>()
  let timer: number | undefined

  const running = computed(() => jobs.value.filter(isRunning))

  async function refresh(): Promise<void> {
    const answer = await api.get<Page<Job>>('/jobs', { page_size: SHOWN, sort: '-created_at' })
    const before = new Map(jobs.value.map((job) => [job.id, job]))
    jobs.value = answer.items
    for (const job of answer.items) {
      const known = before.get(job.id)
      if (known && isRunning(known) && !isRunning(job)) finished(job)
    }
    schedule()
  }

  /** Takes up a job just started, before the next poll knows it. */
  function follow(id: string, options: { download?: boolean } = {}): void {
    if (options.download) toDownload.add(id)
    if (!jobs.value.some((job) => job.id === id)) {
      const kind = options.download ? 'export' : 'job'
      jobs.value = [{ id, kind, state: 'queued', progress: 0 }, ...jobs.value]
    }
    schedule()
  }

  function finished(job: Job): void {
    unseen.value += 1
    if (toDownload.delete(job.id) && job.state === 'done') download(job)
  }

  function schedule(): void {
    window.clearTimeout(timer)
    if (running.value.length > 0) timer = window.setTimeout(() => void poll(), POLL_MS)
  }

  async function poll(): Promise<void> {
    // A page nobody looks at asks nothing; `visibilitychange` takes it up again.
    if (document.hidden) return schedule()
    await refresh().catch(schedule)
  }

  function stop(): void {
    window.clearTimeout(timer)
    jobs.value = []
    unseen.value = 0
  }

  return { jobs, running, unseen, refresh, follow, stop, seen: () => (unseen.value = 0) }
})

export function isRunning(job: Job): boolean {
  return job.state === 'queued' || job.state === 'running'
}

export function jobTitle(job: Pick<Job, 'kind'>): string {
  const known = jobKind.label(job.kind)
  return known === job.kind ? (GENERIC.find(([pattern]) => pattern.test(job.kind))?.[1] ?? '任务') : known
}

export function download(job: Job): void {
  if (!job.file) return
  const link = document.createElement('a')
  link.href = job.file.download_url
  link.download = job.file.name
  link.click()
}
