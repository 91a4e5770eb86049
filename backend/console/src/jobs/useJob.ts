import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api } from '@/api'
import { isRunning, type Job } from './store'

const POLL_MS = 1_000

/** One job, asked for until it has ended. */
export function useJob(id: Ref<string | null>) {
  const query = useQuery({
    queryKey: ['job', id],
    queryFn: ({ signal }) => api.get<Job>(`/jobs/${id.value}`, undefined, signal),
    enabled: () => id.value !== null,
    refetchInterval: ({ state }) => (state.data && !isRunning(state.data) ? false : POLL_MS),
  })
  const job = computed(() => (id.value === null ? undefined : query.data.value))
  return { job, error: query.error }
}
