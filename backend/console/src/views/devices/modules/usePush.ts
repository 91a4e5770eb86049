import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, ref, type Ref } from 'vue'
import { api, type Schema } from '@/api'
import { reportError } from '@/composables/reportError'
import type { PushProgress } from '../types'
import { isUnderWay } from '../words'

const WATCH_MS = 2_500

/** 【人员更新下发】: tells devices to fetch their people anew, and watches how far they come. */
export function usePush(projectId: () => string, open: Readonly<Ref<boolean>>) {
  const client = useQueryClient()
  const busy = ref(false)
  const pushed = ref<Schema<'Pushed'> | null>(null)
  const path = computed(() => `/projects/${projectId()}/device-pushes`)

  const query = useQuery({
    queryKey: computed(() => ['device-pushes', projectId()]),
    queryFn: ({ signal }) => api.get<PushProgress[]>(path.value, undefined, signal),
    enabled: () => open.value,
    refetchInterval: ({ state }) => (state.data?.some(isUnderWay) ? WATCH_MS : false),
  })
  const devices = computed(() => query.data.value ?? [])

  async function push(deviceIds: string[]): Promise<void> {
    busy.value = true
    try {
      const everyone = deviceIds.length === devices.value.length
      pushed.value = await api.post<Schema<'Pushed'>>(path.value, everyone ? {} : { device_ids: deviceIds })
      await query.refetch()
      await client.invalidateQueries({ queryKey: ['devices'] })
    } catch (error) {
      reportError(error)
    } finally {
      busy.value = false
    }
  }

  return { query, devices, busy, pushed, push }
}
