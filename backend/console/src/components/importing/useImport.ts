import { computed, ref, watch } from 'vue'
import { api, asApiError } from '@/api'
import { reportError } from '@/composables/reportError'
import { uploadFile } from '@/composables/upload'
import { useUploadLimit } from '@/composables/useUploadLimit'
import { isRunning, useJobs, type Job } from '@/jobs/store'
import { useJob } from '@/jobs/useJob'
import type { StoredFile } from '../form/types'
import { countOf, type ImportReport } from './types'

type Step = 'choose' | 'checking' | 'checked' | 'importing' | 'done' | 'failed'

/** Choose a sheet → dry run → look → import. The server does both runs as jobs of one endpoint. */
export function useImport(importPath: () => string, onImported: () => void) {
  const step = ref<Step>('choose')
  const file = ref<StoredFile | null>(null)
  const percent = ref(0)
  const problem = ref('')
  const confirmWarnings = ref(false)
  const jobId = ref<string | null>(null)
  const { job, error } = useJob(jobId)
  const jobs = useJobs()
  const limit = useUploadLimit()

  const report = computed(() => (job.value?.state === 'done' ? (job.value.result as ImportReport | null) : null))
  const ready = computed(() => {
    if (!report.value) return 0
    return countOf(report.value, 'enterable') + (confirmWarnings.value ? countOf(report.value, 'to_confirm') : 0)
  })

  async function choose(chosen: File): Promise<void> {
    reset()
    if (!/\.xlsx$/i.test(chosen.name)) return void (problem.value = '请选择 .xlsx 文件；旧的 .xls 请先在 Excel 中另存为 .xlsx')
    if (limit.isTooLarge(chosen)) return void (problem.value = `文件超过 ${limit.words.value}，请分成几个文件导入`)
    step.value = 'checking'
    try {
      file.value = await uploadFile(chosen, 'sheet', (sent) => (percent.value = sent))
      await start(true)
    } catch (refusal) {
      step.value = 'choose'
      const { fields, message } = asApiError(refusal)
      problem.value = fields['file'] ?? fields['file_id'] ?? message
    }
  }

  async function start(dryRun: boolean): Promise<void> {
    const body = { file_id: file.value?.id, dry_run: dryRun, confirm_warnings: !dryRun && confirmWarnings.value }
    const queued = await api.post<{ id: string }>(importPath(), body)
    step.value = dryRun ? 'checking' : 'importing'
    jobId.value = queued.id
    if (!dryRun) jobs.follow(queued.id)
  }

  async function run(): Promise<void> {
    try {
      await start(false)
    } catch (refusal) {
      problem.value = reportError(refusal).message
    }
  }

  watch(job, (now) => now && !isRunning(now) && ended(now))
  watch(error, (refusal) => refusal && (problem.value = asApiError(refusal).message))

  function ended(ran: Job): void {
    if (ran.state === 'failed') {
      problem.value = ran.error || '没有完成，请稍后重试'
      step.value = 'failed'
    } else if (step.value === 'checking') step.value = 'checked'
    else if (step.value === 'importing') {
      step.value = 'done'
      onImported()
    }
  }

  function reset(): void {
    step.value = 'choose'
    file.value = null
    percent.value = 0
    problem.value = ''
    confirmWarnings.value = false
    jobId.value = null
  }

  return { step, file, percent, problem, confirmWarnings, job, report, ready, choose, run, reset }
}
