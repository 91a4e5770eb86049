import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api } from '@/api'
import { useSettled } from '@/live/settle'
import type { Board } from '../types'

/** Without any event somebody's day ends at the region's cut, and a device may have been silent. */
const AT_LEAST_EVERY_MS = 60_000

/** 【在场人员】: read anew when somebody punches. */
export function useBoard(projectId: Readonly<Ref<string>>) {
  const query = useQuery({
    queryKey: computed(() => ['attendance-board', projectId.value]),
    queryFn: ({ signal }) => api.get<Board>(`/projects/${projectId.value}/attendance/on-site`, undefined, signal),
    enabled: () => projectId.value !== '',
    refetchInterval: AT_LEAST_EVERY_MS,
    placeholderData: keepPreviousData,
  })
  const readSoon = useSettled(() => void query.refetch(), 2_000)
  return { query, board: computed(() => query.data.value), readSoon }
}
