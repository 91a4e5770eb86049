import { ref, toValue, type Ref } from 'vue'
import { api } from '@/api'
import type { ListSpec } from '@/components/list/types'
import { useJobs, type Job } from '@/jobs/store'
import { notifySuccess, reportError } from './reportError'

/** Starts an export of what the list shows (same filters, same order) and hands it to the job tray. */
export function useExport<Row>(spec: ListSpec<Row>, applied: Ref<Record<string, string>>, sort: Ref<string>) {
  const busy = ref(false)
  const jobs = useJobs()

  async function start(): Promise<void> {
    const path = toValue(spec.exportPath)
    if (!path || busy.value) return
    busy.value = true
    const filters = spec.body?.(applied.value) ?? { ...spec.query?.(), ...applied.value }
    try {
      const job = await api.post<Pick<Job, 'id'>>(path, { ...filters, sort: sort.value })
      jobs.follow(job.id, { download: true })
      notifySuccess('已开始导出，完成后会自动下载')
    } catch (error) {
      reportError(error)
    } finally {
      busy.value = false
    }
  }

  return { busy, start }
}
