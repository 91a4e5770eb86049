import { defineEnum } from '@/components/enum'
import { formatAgo, formatDateTime, today } from '@/components/format'
import type { DeviceKind, DeviceRow, PushProgress } from './types'

export const deviceKind = defineEnum({
  attendance: { label: '考勤设备', tone: 'primary' },
  collection: { label: '采集设备', tone: 'info' },
  mobile: { label: '移动考勤设备', tone: 'warning' },
})

/** In the words of the buttons (QH21). */
export const REGISTER: Record<DeviceKind, string> = {
  attendance: '登记考勤设备',
  collection: '登记采集设备',
  mobile: '登记移动考勤设备',
}

export const deviceState = defineEnum({
  online: { label: '在线', tone: 'success' },
  offline: { label: '离线', tone: 'danger' },
  never: { label: '从未上线', tone: 'info' },
})

export const deviceDirection = defineEnum({ in: '进场', out: '出场', turns: '进出轮换' })
export const bound = defineEnum({ true: '使用中', false: '已解绑' })

export const personState = defineEnum({
  missing: { label: '未下发', tone: 'danger' },
  outdated: { label: '照片待更新', tone: 'warning' },
  extra: { label: '待删除', tone: 'info' },
  present: { label: '已下发', tone: 'success' },
})

export const adoption = defineEnum({
  adopted: { label: '已更新', tone: 'success' },
  unchanged: { label: '没有更新的照片', tone: 'info' },
  none: { label: '没有照片，请采集', tone: 'warning' },
})

/** Above this a device is warned about; the punches' times are then not to be trusted. */
const CLOCK_LIMIT_SECONDS = 120

export function isClockOff({ clock_offset_seconds: offset }: Pick<DeviceRow, 'clock_offset_seconds'>): boolean {
  return Math.abs(offset ?? 0) > CLOCK_LIMIT_SECONDS
}

/** 快 3 秒, 慢 5 分钟, 准 */
export function clockWords(offset: number | null | undefined): string {
  if (offset === null || offset === undefined) return '—'
  const far = Math.abs(offset)
  if (far < 2) return '准'
  const amount = far < 120 ? `${far} 秒` : far < 7200 ? `${Math.round(far / 60)} 分钟` : `${Math.round(far / 3600)} 小时`
  return `${offset > 0 ? '快' : '慢'} ${amount}`
}

/** Since when it is as it is. */
export function sinceWords(row: Pick<DeviceRow, 'state' | 'online_since' | 'offline_since'>): string {
  const since = row.state === 'online' ? row.online_since : row.offline_since
  if (row.state === 'never' || !since) return ''
  const ago = formatAgo(since)
  // A date wants a space before a word, 3 小时前 wants none.
  return `${ago}${/\d$/.test(ago) ? ' ' : ''}${row.state === 'online' ? '上线' : '离线'}`
}

/** 3 小时前, and 11-24 17:12 of days gone by: a column has no room for the year, unless it is another one. */
export function seenWords(at: string | null | undefined): string {
  const ago = formatAgo(at)
  return ago.startsWith(today().slice(0, 5)) ? ago.slice(5) : ago
}

export interface ListWords {
  text: string
  tone: 'success' | 'warning' | 'info'
}

/** Whether a device knows the people it should: 名单一致, 缺 3 人. */
export function listWords(row: Pick<DeviceRow, 'kind' | 'list_state' | 'list_count' | 'expected_count'>): ListWords {
  if (row.kind === 'collection') return { text: '不需要名单', tone: 'info' }
  if (row.list_state === 'never') return { text: '还没有取过名单', tone: 'info' }
  if (row.list_state === 'up_to_date') return { text: '名单一致', tone: 'success' }
  const missing = (row.expected_count ?? 0) - (row.list_count ?? 0)
  if (missing > 0) return { text: `缺 ${missing} 人`, tone: 'warning' }
  return { text: missing < 0 ? `多 ${-missing} 人` : '照片待更新', tone: 'warning' }
}

/** How far a device has come since it was told to update its people. */
export function stageWords(progress: PushProgress): ListWords {
  switch (progress.stage) {
    case 'not_asked':
      return { text: '还没有下发过', tone: 'info' }
    case 'waiting':
      return progress.state === 'online'
        ? { text: '已通知，等待设备重新连接', tone: 'info' }
        : { text: '设备不在线，上线后自动更新', tone: 'warning' }
    case 'reconnected':
      return { text: '设备已重新连接，正在取名单', tone: 'info' }
    case 'listed':
      return { text: `正在取人员，还缺 ${progress.missing} 人`, tone: 'info' }
    case 'done':
      return { text: `已更新，共 ${progress.expected} 人`, tone: 'success' }
  }
}

/** Whether anything may still happen by itself within moments. */
export function isUnderWay(progress: PushProgress): boolean {
  return ['waiting', 'reconnected', 'listed'].includes(progress.stage) && progress.state === 'online'
}

/** 18 分钟前（11-26 19:08） */
export function momentWords(at: string | null | undefined): string {
  if (!at) return '—'
  const [ago, full] = [formatAgo(at), formatDateTime(at)]
  return ago === full ? full : `${ago}（${full.slice(5)}）`
}
