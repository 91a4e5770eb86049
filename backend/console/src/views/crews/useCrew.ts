import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, type Schema } from '@/api'

/** The crew somebody is to work in, and the posts there are in its kind of unit. */
export function useCrew(projectId: () => string, crewId: () => string) {
  const query = useQuery({
    queryKey: ['crew', crewId],
    queryFn: ({ signal }) => api.get<Schema<'Crew'>>(`/projects/${projectId()}/crews/${crewId()}`, undefined, signal),
    enabled: () => crewId() !== '',
  })
  const dictionaries = useQuery({
    queryKey: ['dictionaries'],
    queryFn: () => api.get<Schema<'Dictionaries'>>('/dictionaries'),
    staleTime: Infinity,
  })
  const crew = computed(() => (crewId() === '' ? undefined : query.data.value))
  const posts = (): readonly string[] => dictionaries.data.value?.posts_of_unit_kind[crew.value?.unit_kind ?? ''] ?? []
  return { query, crew, posts }
}
