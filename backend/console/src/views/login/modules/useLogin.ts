import { reactive, ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api, asApiError, type Schema } from '@/api'
import type { Role } from '@/session/roles'
import { safeNext } from '@/router'
import { useSession, type Session } from '@/session/store'

const KIND = 'mingce.login-kind'

export const KINDS: { kind: Role; label: string }[] = [
  { kind: 'project', label: '项目登录' },
  { kind: 'company', label: '企业登录' },
  { kind: 'regulator', label: '监管登录' },
]

/** Names of the form's inputs; the server names the same fields in its refusals. */
type Field = 'account' | 'password' | 'captcha_answer'

export function useLogin() {
  const router = useRouter()
  const route = useRoute()
  const session = useSession()

  const values = reactive({ account: '', password: '', captcha_answer: '' })
  const kind = ref<Role>((localStorage.getItem(KIND) as Role | null) ?? 'project')
  const captcha = ref<Schema<'Challenge'> | null>(null)
  const errors = ref<Partial<Record<Field, string>>>({})
  const message = ref('')
  const busy = ref(false)

  async function renewCaptcha(): Promise<void> {
    values.captcha_answer = ''
    try {
      captcha.value = await api.get<Schema<'Challenge'>>('/captcha')
    } catch (error) {
      captcha.value = null
      message.value = asApiError(error).message
    }
  }

  function check(): boolean {
    errors.value = {
      ...(values.account.trim() === '' && { account: '请输入账号' }),
      ...(values.password === '' && { password: '请输入密码' }),
      ...(values.captcha_answer.trim() === '' && { captcha_answer: '请输入验证码' }),
    }
    return Object.keys(errors.value).length === 0
  }

  async function submit(): Promise<void> {
    message.value = ''
    if (busy.value || !check()) return
    busy.value = true
    try {
      await logIn()
    } catch (error) {
      const refusal = asApiError(error)
      errors.value = { ...refusal.fields }
      message.value = refusal.hasFields ? '' : refusal.message
      // A captcha is good for one try.
      await renewCaptcha()
    } finally {
      busy.value = false
    }
  }

  async function logIn(): Promise<void> {
    const answer = await api.post<Session>('/session', {
      account: values.account.trim(),
      password: values.password,
      captcha_token: captcha.value?.token ?? '',
      captcha_answer: values.captcha_answer.trim(),
      kind: kind.value,
    })
    session.accept(answer)
    localStorage.setItem(KIND, kind.value)
    await router.replace(safeNext(route.query['next']))
  }

  return { values, kind, captcha, errors, message, busy, renewCaptcha, submit }
}
