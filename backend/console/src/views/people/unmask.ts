import { ElMessageBox } from 'element-plus'
import 'element-plus/es/components/message-box/style/css'
import { api, asApiError, type Schema } from '@/api'

type Field = Schema<'UnmaskField'>
type Unmasked = Schema<'Unmasked'>

/**
 * Asks for somebody's values in full. Of somebody who has left the server wants a reason: then it is asked for here.
 * Nothing when the dialog was closed without one.
 */
export async function unmask(personId: string, fields: Field[]): Promise<Unmasked | null> {
  const ask = (reason?: string) =>
    api.post<Unmasked>(`/people/${personId}/unmask`, { fields, reason }, { idempotencyKey: '' })
  try {
    return await ask()
  } catch (error) {
    const { fields: problems } = asApiError(error)
    if (!problems['reason']) throw error
    const reason = await reasonFor(problems['reason'])
    return reason === null ? null : ask(reason)
  }
}

/** One value, as `MaskedValue` wants it. */
export async function reveal(personId: string, field: 'id_number' | 'phone' | 'bank_card' | 'address'): Promise<string> {
  const shown = await unmask(personId, [field])
  return shown?.[field] ?? ''
}

async function reasonFor(message: string): Promise<string | null> {
  try {
    const { value } = await ElMessageBox.prompt(message, '查看完整信息', {
      inputPlaceholder: '例如：补发工资核对银行卡',
      inputValidator: (typed: string) => (typed ?? '').trim().length >= 2 || '请写明原因，至少 2 个字',
      confirmButtonText: '查看',
      cancelButtonText: '取消',
    })
    return value.trim()
  } catch {
    return null
  }
}
