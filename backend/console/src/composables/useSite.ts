import { computed } from 'vue'
import { useRoute } from 'vue-router'
import { useSession } from '@/session/store'

/**
 * Which site the registries of units and crews show: the project in the address, else that of the project's own staff or
 * the one a company has chosen; regulators see all projects of their region at once, and '' stands for these.
 */
export function useSite() {
  const route = useRoute()
  const session = useSession()
  const projectId = computed(() => {
    const named = route.params['projectId']
    if (typeof named === 'string' && named !== '') return named
    return session.hasRole(['project', 'company']) ? (session.project?.id ?? '') : ''
  })
  /** The pages of all projects, not of none. */
  const everywhere = computed(() => projectId.value === '')
  /** Inside one project's pages, which have a heading of their own. */
  const framed = computed(() => Boolean(route.params['projectId']))
  /** Another page of a row's project: within its frame, unless it is the project this account works on. */
  const pageOf = (project: string, page: 'units' | 'crews' | 'roster') =>
    framed.value || everywhere.value ? `/projects/${project}/${page}` : `/${page}`
  return { projectId, everywhere, framed, pageOf }
}
