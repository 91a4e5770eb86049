import type { Schema } from '@/api'
import { defineEnum } from '@/components/enum'
import { formatDateTime } from '@/components/format'

export type Picture = Schema<'PersonImage'>

export const sourceWords = defineEnum({ phone: '手机拍摄', terminal: '设备采集', album: '手机相册', console: '平台上传' })

export const pictureWords = defineEnum({
  face: '人脸照片', portrait: '证件照', card_front: '身份证人像面', card_back: '身份证国徽面', punch: '打卡照片',
})

/** The current picture of a kind, and those before it, the newest first. */
export function versionsOf(pictures: readonly Picture[], kind: Picture['kind']) {
  const all = pictures.filter((picture) => picture.kind === kind).sort((one, other) => other.version - one.version)
  return { current: all.find((picture) => !picture.superseded_at), earlier: all.filter((picture) => picture.superseded_at) }
}

/** What the check found, in a word; the reasons stand beside it. */
export function checkWords(picture: Pick<Picture, 'checked_at' | 'issues' | 'comparable'>): { text: string; tone: 'good' | 'bad' | 'none' } {
  if (!picture.checked_at || !picture.issues) return { text: '尚未检查', tone: 'none' }
  if (picture.issues.length > 0) return { text: picture.comparable ? '有问题，建议更换' : '不能用于比对', tone: 'bad' }
  return { text: '符合要求', tone: 'good' }
}

/** Where a face is on its way to the terminals. First ones go with their owner's entry. */
export function deliveryWords(picture: Pick<Picture, 'version' | 'sent_at'>, onSite: boolean): string {
  if (!onSite) return '不在场，不下发'
  if (picture.sent_at) return `${formatDateTime(picture.sent_at)} 已通知设备更新`
  return picture.version > 1 ? '将在几分钟内下发到考勤设备' : '随人员名单下发'
}

/** Why a picture of an earlier version is not shown. */
export function goneWords(picture: Pick<Picture, 'deleted_at' | 'url'>): string {
  if (picture.deleted_at) return `${formatDateTime(picture.deleted_at).slice(0, 10)} 到期删除`
  return picture.url ? '' : '含完整号码，不显示'
}
