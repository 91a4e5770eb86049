import type { Ref } from 'vue'
import { api, type Page } from '@/api'
import { today } from '@/components/format'
import { defineList } from '@/components/list/types'
import type { DeviceRow } from '@/views/devices/types'
import { entryKind } from '@/views/roster/words'
import { peopleFilters, SEEDS } from './filters'
import type { PunchRow } from './types'
import { direction, judged, punchSource } from './words'

/** 【考勤明细】: every punch as it came in, those refused too. */
export function detailList(projectId: Readonly<Ref<string>>) {
  return defineList<PunchRow>({
    key: 'attendance-punches',
    path: () => (projectId.value ? `/projects/${projectId.value}/attendance/punches/search` : ''),
    state: 'local',
    initial: { from: today(), to: today() },
    seeds: SEEDS,
    body: ({ refused, ...filters }) => ({ ...filters, ...(refused && { refused: refused === 'true' }) }),
    exportPath: () => `/projects/${projectId.value}/attendance/punches/export`,
    exportLabel: '导出明细',
    sort: '-at',
    filters: [
      { key: 'at', label: '日期', type: 'date-range', names: ['from', 'to'], required: true },
      { key: 'refused', label: '结果', type: 'select', options: judged },
      { key: 'device_id', label: '设备', type: 'remote', load: (typed) => loadDevices(projectId.value, typed), nameOf: (id) => nameOfDevice(projectId.value, id) },
      ...peopleFilters(projectId),
    ],
    columns: [
      { key: 'photo', label: '照片', width: 64, fixed: 'left' },
      { key: 'name', label: '姓名', minWidth: 128, fixed: 'left' },
      { key: 'at', label: '打卡时间', width: 186, sortable: true },
      { key: 'direction', label: '进出', type: 'tag', enum: direction, width: 92 },
      { key: 'result', label: '结果', minWidth: 190 },
      { key: 'device_place', label: '位置', minWidth: 148 },
      { key: 'crew_name', label: '班组', minWidth: 124 },
      { key: 'company_name', label: '参建单位', minWidth: 200 },
      { key: 'kind', label: '人员类型', width: 104, value: (row) => entryKind.label(row.kind) },
      { key: 'source', label: '来源', width: 96, value: (row) => punchSource.label(row.source) },
      { key: 'received_at', label: '接收时间', type: 'datetime', width: 150, sortable: true },
      { key: 'id_number', label: '身份证号', type: 'mono', minWidth: 180 },
    ],
    empty: { title: '这段时间没有打卡', hint: '设备在线、人员名单已下发后，打卡会实时出现。可在【设备管理】查看设备是否在线。' },
  })
}

const labelOf = (device: DeviceRow) => [device.place, device.serial].filter(Boolean).join(' · ')

async function loadDevices(projectId: string, serial: string) {
  const page = await api.get<Page<DeviceRow>>(`/projects/${projectId}/devices`, { serial, page_size: 50 })
  return page.items.map((device) => ({ value: device.id, label: labelOf(device) }))
}

async function nameOfDevice(projectId: string, id: string) {
  return labelOf(await api.get<DeviceRow>(`/projects/${projectId}/devices/${id}`))
}
