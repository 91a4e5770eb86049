import type { Ref } from 'vue'
import { defineList, type Column, type Filter } from '@/components/list/types'
import type { DeviceRow } from './types'
import { bound, deviceDirection, deviceKind, deviceState, seenWords } from './words'

/** 【设备管理】 of one project, or of all within reach. */
export function deviceList(projectId: Readonly<Ref<string>>) {
  const everywhere = projectId.value === ''
  const places: Filter[] = [
    { key: 'project', label: '项目名称', type: 'text' },
    { key: 'region_code', label: '地区', type: 'region' },
  ]
  const project: Column<DeviceRow> = {
    key: 'project_name', label: '项目', type: 'link', to: (row) => `/projects/${row.project_id}/devices`, minWidth: 200,
  }
  return defineList<DeviceRow>({
    key: 'devices',
    path: () => (projectId.value ? `/projects/${projectId.value}/devices` : '/devices'),
    sort: '-created_at',
    filters: [
      { key: 'vendor', label: '设备商', type: 'text', placeholder: '名称或编码' },
      { key: 'serial', label: '设备编号', type: 'text', placeholder: '编号中的一段' },
      { key: 'state', label: '状态', type: 'select', options: deviceState },
      { key: 'kind', label: '设备类型', type: 'select', options: deviceKind },
      ...(everywhere ? places : []),
      { key: 'bound', label: '使用情况', type: 'select', options: bound, placeholder: '使用中' },
    ],
    columns: [
      { key: 'place', label: '位置与编号', minWidth: 250, fixed: 'left', sortable: true },
      ...(everywhere ? [project] : []),
      { key: 'state', label: '状态', width: 170 },
      { key: 'list_state', label: '人员名单', width: 150 },
      { key: 'last_seen_at', label: '最近心跳', width: 128, value: (row) => seenWords(row.last_seen_at) },
      { key: 'last_punch_at', label: '最近打卡', width: 128, value: (row) => seenWords(row.last_punch_at) },
      { key: 'clock_offset_seconds', label: '时钟', width: 104 },
      { key: 'kind', label: '类型', type: 'tag', enum: deviceKind, width: 128, sortable: true },
      { key: 'direction', label: '进出', width: 96, value: (row) => (row.kind === 'collection' ? '' : deviceDirection.label(row.direction)) },
      { key: 'address', label: '网络地址', type: 'mono', width: 168 },
      { key: 'vendor_name', label: '设备商', minWidth: 160 },
      { key: 'model', label: '型号', minWidth: 110 },
      { key: 'created_at', label: '登记时间', type: 'datetime', width: 150, sortable: true },
    ],
    rowActionsWidth: 232,
    empty: {
      title: '还没有登记设备',
      hint: everywhere
        ? '进入项目，在它的【设备】页登记。登记后会显示在这里。'
        : '点【登记考勤设备】，填写设备商编码和设备编号（见铭牌）。设备联网后会自动上线，并取走在场人员的名单。',
    },
  })
}
