import { computed } from 'vue'
import { useSession } from '@/stores/session'

/** The project that the staff's pages are about. */
export function useProject() {
  const session = useSession()
  const id = computed(() => session.project?.id ?? '')
  const path = computed(() => `/projects/${id.value}`)

  /** Pages may be opened by a link, with nothing in memory. */
  async function ready(): Promise<string> {
    await session.load()
    return path.value
  }

  return { session, id, path, ready }
}
