import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api, type Page } from '@/api'
import { useSettled } from '@/live/settle'
import { useLive } from '@/live/useLive'
import type { AlertRow } from '@/views/alerts/words'
import { useBoard } from '@/views/attendance/board/useBoard'
import type { Overview } from '@/views/attendance/types'
import { percentOf } from '@/views/attendance/words'
import type { DeviceRow } from '@/views/devices/types'
import type { Figure } from './modules/FigureStrip.vue'

/** On site now, attended, rate, devices, alerts: of the day of attendance it is now, which may begin after midnight. */
export function useAttendanceToday(projectId: Readonly<Ref<string>>) {
  const { query: board, board: here } = useBoard(projectId)
  const day = computed(() => here.value?.day ?? '')
  const of = (path: string) => `/projects/${projectId.value}/${path}`

  const overview = useQuery({
    queryKey: computed(() => ['attendance-overview', projectId.value, 'day', day.value, day.value]),
    queryFn: ({ signal }) => api.get<Overview>(of('attendance/overview'), { by: 'day', from: day.value, to: day.value }, signal),
    enabled: () => day.value !== '',
    placeholderData: keepPreviousData,
  })
  const devices = useQuery({
    queryKey: computed(() => ['devices', 'of-project', projectId.value]),
    queryFn: ({ signal }) => api.get<Page<DeviceRow>>(of('devices'), { page_size: 200 }, signal),
    enabled: () => projectId.value !== '',
    placeholderData: keepPreviousData,
  })
  const alerts = useQuery({
    queryKey: computed(() => ['alerts', 'open', projectId.value]),
    queryFn: ({ signal }) => api.get<Page<AlertRow>>(of('alerts'), { open: true, page_size: 1 }, signal),
    enabled: () => projectId.value !== '',
    placeholderData: keepPreviousData,
  })

  const queries = [board, overview, devices, alerts]
  const retry = () => queries.forEach((query) => query.isEnabled.value && void query.refetch())
  const punched = useSettled(() => (void board.refetch(), day.value && void overview.refetch()), 3_000)
  const changed = useSettled(() => (void devices.refetch(), void alerts.refetch()), 3_000)
  const { state } = useLive(projectId, {
    heard: (name) => (name === 'punch' ? punched() : changed()),
    catchUp: () => (punched(), changed()),
  })

  const figures = computed<Figure[]>(() => {
    const today = overview.data.value
    const total = today?.periods[0]?.total
    const all = devices.data.value?.items
    const online = all?.filter((device) => device.state === 'online').length
    const rate = today?.stopped ? '停工不计' : total && percentOf(total.rate)
    return [
      { label: '现在在场', value: here.value?.on_site, to: '/attendance/on-site' },
      { label: '今日出勤', value: total?.attended, to: '/attendance/counts' },
      { label: '今日出勤率', value: rate, to: '/attendance/overview' },
      { label: '设备在线', value: all && `${online} / ${all.length}`, to: '/devices' },
      { label: '设备预警', value: alerts.data.value?.total, to: '/alerts?open=true', alert: true },
    ]
  })
  const failed = computed(() => queries.some((query) => query.isError.value && query.data.value === undefined))

  return { figures, state, failed, retry }
}
