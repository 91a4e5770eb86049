import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, type Schema } from '@/api'
import { useSession } from '@/session/store'

/** How many comparisons wait for somebody to look, by kind and altogether. */
export function useFacesWaiting() {
  const session = useSession()
  const { data: counts } = useQuery({
    queryKey: ['face-comparisons', 'counts'],
    queryFn: ({ signal }) => api.get<Schema<'ComparisonCounts'>>('/face-comparisons/counts', undefined, signal),
    enabled: session.can('review_faces'),
    placeholderData: keepPreviousData,
  })
  const waiting = computed(() => counts.value && counts.value.one_to_one + counts.value.duplicate + counts.value.punch)
  return { counts, waiting }
}
