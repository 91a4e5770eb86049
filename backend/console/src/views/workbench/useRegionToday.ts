import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, type Page } from '@/api'
import { today } from '@/components/format'
import { useSession } from '@/session/store'
import type { AlertRow } from '@/views/alerts/words'
import type { ProjectDayRow } from '@/views/attendance/types'
import { percentOf } from '@/views/attendance/words'
import type { DeviceRow } from '@/views/devices/types'
import { useFacesWaiting } from '@/views/faces/useFacesWaiting'
import type { Figure } from './modules/FigureStrip.vue'

/** As many projects as are summed up here; of more the page of all projects tells. */
const MOST = 200
const EVERY_MS = 60_000

/** Attendance and devices today, over all projects within reach. */
export function useRegionToday() {
  const session = useSession()
  const seesAttendance = session.can('view_attendance')
  const seesDevices = session.can('view_devices')

  const attendance = useQuery({
    queryKey: ['attendance-projects', 'today'],
    queryFn: ({ signal }) =>
      api.post<Page<ProjectDayRow>>('/attendance/projects/search', { day: today() }, { query: { page_size: MOST }, signal, idempotencyKey: '' }),
    enabled: seesAttendance,
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  })
  const totalOf = (path: string, query: Record<string, string | boolean>) => ({
    queryKey: [path.slice(1), 'total', query],
    queryFn: async ({ signal }: { signal: AbortSignal }) =>
      (await api.get<Page<DeviceRow | AlertRow>>(path, { ...query, page_size: 1 }, signal)).total,
    enabled: seesDevices,
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  })
  const devices = useQuery(totalOf('/devices', {}))
  const online = useQuery(totalOf('/devices', { state: 'online' }))
  const alerts = useQuery(totalOf('/alerts', { open: true }))
  const { waiting } = useFacesWaiting()

  const figures = computed<Figure[]>(() => {
    const page = attendance.data.value
    const sums = page && page.total <= page.items.length ? summed(page.items) : undefined
    const known = devices.data.value !== undefined && online.data.value !== undefined
    return [
      ...(seesAttendance && (!page || sums)
        ? [
            { label: '今日出勤', value: sums?.attended, to: '/attendance' },
            { label: '今日出勤率', value: sums && percentOf(sums.rate), to: '/attendance' },
          ]
        : []),
      ...(seesDevices
        ? [
            { label: '设备在线', value: known ? `${online.data.value} / ${devices.data.value}` : undefined, to: '/devices' },
            { label: '设备预警', value: alerts.data.value, to: '/alerts?open=true', alert: true },
          ]
        : []),
      ...(session.can('review_faces') ? [{ label: '人脸比对待核', value: waiting.value, to: '/faces', alert: true }] : []),
    ]
  })
  return { figures }
}

/** Projects that are stopped count in no rate (JP17). */
export function summed(rows: readonly Pick<ProjectDayRow, 'attended' | 'attended_days' | 'roster_days' | 'stopped'>[]) {
  const rated = rows.filter((row) => !row.stopped)
  const due = rated.reduce((sum, row) => sum + row.roster_days, 0)
  const came = rated.reduce((sum, row) => sum + row.attended_days, 0)
  return { attended: rows.reduce((sum, row) => sum + row.attended, 0), rate: due > 0 ? came / due : null }
}
