export interface RegistrationRow {
  id: string
  state: string
  name: string | null
  id_number: string | null
  phone: string | null
  crew_name: string | null
  unit_name: string | null
  work_type: string | null
  post: string | null
  face_url: string | null
  portrait_url: string | null
  face_source: 'camera' | 'album' | null
  face_standing: string | null
  missing: string[]
  reason: string | null
  may_decide: boolean
  revision: number
}

export interface RegistrationDetail extends RegistrationRow {
  remarks: string[]
}

export interface RegistrationCounts {
  to_submit: number
  submitted: number
  refused: number
  approved: number
}

export interface Decided {
  done: number
  refused: { id: string; name: string; reason: string }[]
}

/** How the face stands beside the portrait on the card. */
export const FACE_TAGS: Record<string, { words: string; look: string; said: string }> = {
  pass: { words: '相像', look: 'tag-good', said: '人脸和证件照相像' },
  look: { words: '要看', look: 'tag-warn', said: '人脸和证件照不太像，请对照本人看一看' },
  fail: { words: '不像', look: 'tag-bad', said: '人脸和证件照不像同一个人' },
  none: { words: '没比对', look: '', said: '没有比对过，请对照证件看一看' },
}

export const REASONS = ['人脸照片不清楚，请重新拍', '身份证照片看不清，请重新拍', '班组选错了，请改正', '请到项目部当面登记']
