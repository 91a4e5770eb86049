import { api } from '@/api'
import { useForm } from '@/composables/useForm'
import { useSession } from '@/session/store'
import { passwordFields } from './fields'

export function usePasswordForm() {
  const session = useSession()
  const form = useForm({
    fields: () => passwordFields(session.account?.login ?? ''),
    submit: async ({ current_password, new_password }) => {
      await api.post('/session/password', { current_password, new_password })
      await session.refresh()
    },
  })
  return { form, session }
}
