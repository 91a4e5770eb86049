import type { Schema } from '@/api'
import { defineEnum } from '@/components/enum'
import type { Comparison } from '@/views/faces/words'

export type Registration = Schema<'RegistrationRow'>
export type RegistrationDetail = Schema<'RegistrationDetail'>

export const originWords = defineEnum({
  phone: { label: '扫码登记', tone: 'success' },
  console: { label: '项目登记', tone: 'info' },
})

export const stateWords = defineEnum({
  draft: { label: '待提交', tone: 'info' },
  to_submit: { label: '待提交', tone: 'info' },
  submitted: { label: '待审核', tone: 'warning' },
  refused: { label: '不通过', tone: 'danger' },
  approved: { label: '通过', tone: 'success' },
  withdrawn: { label: '已撤回', tone: 'info' },
})

export const standingWords = defineEnum({
  pass: { label: '一致', tone: 'success' },
  look: { label: '需核对', tone: 'warning' },
  fail: { label: '不一致', tone: 'danger' },
})

export const sourceWords = defineEnum({ camera: '现场拍摄', album: '相册照片' })

export const stepWords = defineEnum({
  begun: '开始登记',
  submitted: '提交审核',
  refused: '审核不通过',
  approved: '审核通过',
  withdrawn: '撤回登记',
})

/** Often enough said to be one click. Whoever reads it holds a phone: what is wrong, and what to do. */
export const REASONS = [
  '人脸照片不清楚，请在光线充足处摘下帽子重新拍摄',
  '身份证照片看不清，请放平后重新拍摄',
  '班组选错了，请与班组长确认后重新选择',
  '不是本项目人员，请与班组长联系',
  '人脸与身份证照片不是同一人，请本人登记',
]

/** As the scale of distances wants it; nothing where there was nothing to compare. */
export function comparedOf(row: Registration): Pick<Comparison, 'kind' | 'distance' | 'limit_pass' | 'limit_look' | 'limit_duplicate'> | null {
  if (row.face_distance === null || row.face_distance === undefined) return null
  return { kind: 'one_to_one', distance: row.face_distance, limit_pass: row.limit_pass, limit_look: row.limit_look, limit_duplicate: row.limit_look }
}

/** What is said of a face in one word. */
export function faceWords(row: Registration): string {
  if (!row.face_url) return '未采集人脸'
  return row.face_standing ? standingWords.label(row.face_standing) : '人工核对'
}
