import { defineEnum } from './enum'

/** Words that several registries share. */
export const uploadState = defineEnum({
  waiting: { label: '待上传', tone: 'info' },
  uploaded: { label: '已上传', tone: 'success' },
  failed: { label: '上传失败', tone: 'danger' },
})

export const presence = defineEnum({
  on_site: { label: '在场', tone: 'success' },
  exited: { label: '已退场', tone: 'info' },
})

/** Of a row that has days of entry and exit. */
export function presenceOf(row: { exited_on?: string | null }): string {
  return row.exited_on ? 'exited' : 'on_site'
}
