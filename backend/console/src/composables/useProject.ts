import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { useSession } from '@/session/store'

/**
 * The project a page is about: the one in its address (`/projects/:projectId/…`, the way of regulators and companies),
 * else the one chosen in the top bar.
 */
export function useProject() {
  const route = useRoute()
  const session = useSession()
  const projectId = computed(() => {
    const named = route.params['projectId']
    return typeof named === 'string' && named !== '' ? named : (session.project?.id ?? '')
  })
  return { projectId, project: computed(() => session.project) }
}
