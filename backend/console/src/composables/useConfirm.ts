import { ElMessageBox } from 'element-plus'
import 'element-plus/es/components/message-box/style/css'
import { notifySuccess, reportError } from './reportError'

export interface ConfirmOptions {
  title: string
  /** What will happen, in one sentence. */
  message: string
  confirmText?: string
  /** Red button, for what cannot be undone easily. */
  danger?: boolean
  /** Runs while the dialog stays open with a busy button; a refusal is reported and the dialog stays. */
  action?: () => Promise<unknown>
  success?: string
  /** What 【刷新】 does when somebody else was quicker; the question is closed then. */
  reload?: () => void
}

/** Asks, does, and tells. Resolves to true once the action has succeeded. */
export async function confirm(options: ConfirmOptions): Promise<boolean> {
  let stale = false
  try {
    await ElMessageBox.confirm(options.message, options.title, {
      confirmButtonText: options.confirmText ?? '确定',
      cancelButtonText: '取消',
      ...(options.danger && { confirmButtonClass: 'el-button--danger' }),
      closeOnClickModal: false,
      beforeClose: (choice, instance, done) => {
        if (choice !== 'confirm' || !options.action) return done()
        const renew = () => {
          stale = true
          done()
          options.reload?.()
        }
        instance.confirmButtonLoading = true
        options
          .action()
          .then(done, (error: unknown) => reportError(error, { ...(options.reload && { reload: renew }) }))
          .finally(() => (instance.confirmButtonLoading = false))
      },
    })
  } catch {
    return false
  }
  if (stale) return false
  if (options.success) notifySuccess(options.success)
  return true
}

export function useConfirm() {
  return { confirm }
}
