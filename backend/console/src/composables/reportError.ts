import { ElMessage, ElMessageBox } from 'element-plus'
import 'element-plus/es/components/message/style/css'
import 'element-plus/es/components/message-box/style/css'
import { asApiError, STALE_MESSAGE, type ApiError } from '@/api'

interface Place {
  /** What 【刷新】 does after a 412. */
  reload?: (() => void) | undefined
  /** A form shows the reasons at its fields. Where there is none they are said here, or nobody would learn of them. */
  showsFields?: boolean
}

/** Tells the user once and in the right place. Returns the error, so that a form can show its fields. */
export function reportError(error: unknown, { reload, showsFields = false }: Place = {}) {
  const problem = asApiError(error)
  // The banner and the login page speak for themselves.
  if (problem.isUnavailable || problem.status === 401 || (problem.hasFields && showsFields)) return problem
  if (problem.isStale) void offerReload(reload)
  else ElMessage({ type: 'error', message: wordsOf(problem), grouping: true, duration: 5000, showClose: true })
  return problem
}

function wordsOf(problem: ApiError): string {
  return problem.hasFields ? [...new Set(Object.values(problem.fields))].join('；') : problem.message
}

async function offerReload(reload?: () => void): Promise<void> {
  try {
    await ElMessageBox.confirm('您看到的内容已经不是最新的，刚才的修改没有保存。', STALE_MESSAGE, {
      confirmButtonText: '刷新',
      cancelButtonText: '先不刷新',
    })
    if (reload) reload()
    else window.location.reload()
  } catch {
    // Staying on the old version is allowed: the next save is refused again.
  }
}

export function notifySuccess(message: string): void {
  ElMessage({ type: 'success', message, grouping: true, duration: 2500 })
}
