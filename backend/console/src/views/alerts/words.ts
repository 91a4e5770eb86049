import type { Schema } from '@/api'
import { defineEnum } from '@/components/enum'
import { formatAgo } from '@/components/format'
import { clockWords } from '../devices/words'

export type AlertRow = Schema<'AlertRow'>

export const alertKind = defineEnum({
  device_offline: { label: '设备离线', tone: 'warning' },
  project_dark: { label: '项目设备全部离线', tone: 'danger' },
  clock_off: { label: '设备时钟不准', tone: 'warning' },
})

export const alertState = defineEnum({
  true: { label: '未恢复', tone: 'danger' },
  false: { label: '已恢复', tone: 'success' },
})

type Case = Pick<AlertRow, 'kind' | 'details' | 'closed_at'>

/** What is wrong, and what to do about it; what was wrong, once it is over. */
export function adviceOf(row: Case): string {
  if (row.closed_at) return historyOf(row)
  const { kind, details } = row
  const last = details.since ? `最后一次心跳在 ${formatAgo(details.since)}。` : ''
  switch (kind) {
    case 'device_offline':
      return `${last}请检查设备的电源和网络；离线期间的打卡存在设备里，恢复后会补传。`
    case 'project_dark':
      return `${details.devices ? `全部 ${details.devices} 台` : '全部'}考勤设备都已离线超过两天。${last}请尽快恢复，否则出勤无法统计。`
    case 'clock_off':
      return `时钟${clockWords(details.offset_seconds)}，打卡时间不准。请在设备上校准时间，或开启自动对时。`
  }
}

function historyOf({ kind, details }: Case): string {
  const last = details.since ? `离线前最后一次心跳在 ${formatAgo(details.since)}。` : ''
  switch (kind) {
    case 'device_offline':
      return `${last}设备已恢复，离线期间的打卡会自动补传。`
    case 'project_dark':
      return `${details.devices ? `全部 ${details.devices} 台` : '全部'}考勤设备曾离线超过两天，现已有设备恢复。`
    case 'clock_off':
      return `时钟曾${clockWords(details.offset_seconds)}，现已准确。`
  }
}

/** 3 小时 20 分: how long it has lasted, or did. */
export function lastedWords(row: Pick<AlertRow, 'opened_at' | 'closed_at'>, now = Date.now()): string {
  const minutes = Math.max(0, Math.floor(((row.closed_at ? Date.parse(row.closed_at) : now) - Date.parse(row.opened_at)) / 60_000))
  if (minutes < 60) return `${minutes} 分钟`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} 小时 ${minutes % 60} 分` : `${Math.floor(hours / 24)} 天 ${hours % 24} 小时`
}
