import { defineStore } from 'pinia'
import { ref } from 'vue'
import { queryClient } from '@/query'

const PROBE_EVERY_MS = 3_000

/** Whether the platform answers. Once it does not, it is asked until it does, and then the page's failed reads are repeated. */
export const useAvailability = defineStore('availability', () => {
  const away = ref(false)

  function lost(): void {
    if (away.value) return
    away.value = true
    setTimeout(() => void probe(), PROBE_EVERY_MS)
  }

  async function probe(): Promise<void> {
    if (!(await answers())) {
      setTimeout(() => void probe(), PROBE_EVERY_MS)
      return
    }
    away.value = false
    await queryClient.refetchQueries({ predicate: (query) => query.state.status === 'error' })
  }

  return { away, lost }
})

/** Any answer but a 5xx will do: the session endpoint needs the database, which is what is usually missing. */
async function answers(): Promise<boolean> {
  try {
    const response = await fetch('/api/v1/session', { credentials: 'same-origin' })
    return response.status < 500
  } catch {
    return false
  }
}
