import { ref } from 'vue'
import { ApiError, api, asApiError, type Schema } from '@/api'
import { defineFields, type Values } from '@/components/form/types'
import { uploadFile } from '@/composables/upload'
import { useForm } from '@/composables/useForm'
import { useUploadLimit } from '@/composables/useUploadLimit'
import { atFields, projectFields, toForm, toValues, type Party } from '../../projects/modules/form'

const APPLICANT = ['applicant_name', 'applicant_phone', 'applicant_email'] as const

const fieldsOf = (checkProof: (proof: unknown) => string | undefined) => defineFields([
  ...projectFields({ complete: true }),
  { key: 'applicant_name', label: '申报人', type: 'text', required: true, maxLength: 50, group: '申报人' },
  { key: 'applicant_phone', label: '手机号码', type: 'tel', required: true, maxLength: 20, hint: '查询申报进度时使用' },
  { key: 'applicant_email', label: '电子邮箱', type: 'email', required: true, maxLength: 120, span: 2, hint: '审核结果会发到这个邮箱' },
  { key: 'proof', label: '证明材料', type: 'slot', required: true, span: 2, group: '证明材料', check: checkProof },
  { key: 'captcha', label: '验证码', type: 'slot', required: true, span: 2 },
])

/** The application's form. The proof goes first, with the captcha; the form then refers to it. */
export function useApplication() {
  const number = ref('')
  const captcha = ref<Schema<'Challenge'> | null>(null)
  /** Uploaded already, for which file: a mistake elsewhere in the form does not ask for the captcha again. */
  let kept: { file: File; id: string } | null = null

  async function renewCaptcha(): Promise<void> {
    form.values['captcha'] = ''
    captcha.value = await api.get<Schema<'Challenge'>>('/captcha').catch(() => null)
  }

  async function upload(file: File, answer: string): Promise<string> {
    const query = new URLSearchParams({ captcha_token: captcha.value?.token ?? '', captcha_answer: answer })
    try {
      return (await uploadFile(file, 'document', undefined, `/public/files?${query}`)).id
    } catch (error) {
      await renewCaptcha()
      throw proofProblem(error)
    }
  }

  const limit = useUploadLimit()
  const fields = fieldsOf((proof) => (limit.isTooLarge(proof as File) ? `文件超过 ${limit.words.value}，请压缩后再选` : undefined))
  const form = useForm({
    fields,
    initial: () => toValues({ status: '003' }),
    submit: async (values, idempotencyKey) => {
      const file = values['proof'] as File
      if (kept?.file !== file) kept = { file, id: await upload(file, String(values['captcha'])) }
      try {
        const receipt = await api.post<Schema<'Receipt'>>('/public/applications', toBody(values, kept.id), { idempotencyKey })
        number.value = receipt.number
      } catch (error) {
        throw applicationProblem(error, values['parties'] as Party[])
      }
    },
  })

  return { form, number, captcha, renewCaptcha, isUploaded: () => kept !== null && kept.file === form.values['proof'] }
}

function toBody(values: Values, proofId: string): Values {
  const project = Object.fromEntries(
    Object.entries(toForm(values)).filter(([key]) => ![...APPLICANT, 'proof', 'captcha'].includes(key)),
  )
  const applicant = Object.fromEntries(APPLICANT.map((key) => [key.replace('applicant_', ''), values[key]]))
  return { project, applicant, proof_file_id: proofId }
}

function proofProblem(error: unknown): ApiError {
  const { status, code, message, fields: said } = asApiError(error)
  const place = said['captcha_answer'] ?? said['captcha_token']
  const reasons: Record<string, string> = place ? { captcha: place } : status === 422 || status === 413 ? { proof: said['file'] ?? message } : {}
  return new ApiError(status, code, message, reasons)
}

function applicationProblem(error: unknown, parties: Party[]): ApiError {
  const { status, code, message, fields: said } = atFields(error, parties)
  const reasons = Object.entries(said).map(([key, reason]) => {
    const place = key === 'proof_file_id' ? 'proof' : key.replace(/^applicant\./, 'applicant_')
    return [place, reason] as const
  })
  return new ApiError(status, code, message, Object.fromEntries(reasons))
}
