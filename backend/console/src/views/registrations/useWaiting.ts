import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, type Schema } from '@/api'
import { useSession } from '@/session/store'

/** How many registrations stand under each tab; '' is all projects of the account. */
export function useRegistrationCounts(projectId: () => string) {
  const session = useSession()
  const { data: counts } = useQuery({
    queryKey: ['registrations', 'counts', projectId],
    // It only asks: there is nothing to happen once.
    queryFn: () =>
      api.post<Schema<'RegistrationCounts'>>('/registrations/counts', projectId() ? { project_id: projectId() } : {}, { idempotencyKey: '' }),
    enabled: session.can('view_people'),
    placeholderData: keepPreviousData,
  })
  const waiting = computed(() => counts.value?.submitted ?? 0)
  return { counts, waiting }
}
