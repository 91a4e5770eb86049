import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, type Schema } from '@/api'

export type Settings = Schema<'Settings'>

/** What this installation can do (map tiles, address search, demo). It does not change while the page is open. */
export function useSettings() {
  const query = useQuery({
    queryKey: ['settings'],
    queryFn: () => api.get<Settings>('/settings'),
    staleTime: Infinity,
  })
  return { settings: computed(() => query.data.value), settled: computed(() => !query.isPending.value) }
}
