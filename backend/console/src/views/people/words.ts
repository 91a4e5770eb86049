import type { Schema } from '@/api'
import { dictionary } from '@/components/dictionary'
import { defineEnum } from '@/components/enum'

export const sexWords = defineEnum({ male: '男', female: '女' })

export const originWords = defineEnum({
  console: '平台登记', import: '表格导入', api: '接口采集', terminal: '设备采集', phone: '手机登记',
})

export const entryKindWords = defineEnum({
  worker: { label: '务工人员', tone: 'success' },
  manager: { label: '管理人员', tone: 'primary' },
  other: { label: '其他人员' },
})

const workTypes = dictionary('work_types')
const posts = dictionary('posts')

/** What somebody does on a site: a manager has a post, everybody else a work type. */
export function jobOf(place: Pick<Schema<'Whereabouts'>, 'work_type' | 'post'>): string {
  if (place.post) return posts.label(place.post)
  return place.work_type ? workTypes.label(place.work_type) : ''
}

/** 2020-01-01 至 长期 */
export function validity(from?: string | null, until?: string | null): string {
  return from ? `${from} 至 ${until ?? '长期'}` : ''
}
