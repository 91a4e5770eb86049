import { ref } from 'vue'
import { asApiError } from '@/api'

/** Something that is sent once: what is wrong stands at its field, or in one sentence. */
export function useSend() {
  const busy = ref(false)
  const problem = ref('')
  const problems = ref<Record<string, string>>({})

  async function send(act: () => Promise<void>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = ''
    problems.value = {}
    try {
      await act()
      return true
    } catch (cause) {
      const error = asApiError(cause)
      problems.value = error.fields
      problem.value = Object.keys(error.fields).length > 0 ? error.sentence : error.message
      return false
    } finally {
      busy.value = false
    }
  }

  return { busy, problem, problems, send }
}

export function sure(title: string, content: string, confirmText: string, danger = true): Promise<boolean> {
  return new Promise((resolve) => {
    uni.showModal({ title, content, confirmText, ...(danger && { confirmColor: '#b0341f' }), success: ({ confirm }) => resolve(confirm), fail: () => resolve(false) })
  })
}
