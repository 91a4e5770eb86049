import { api, type Schema } from '@/api'
import { ApiError } from '@/api/errors'
import type { Registration } from '@/api/phone'
import type { Parcel } from '@/queue/outbox'
import type { Draft, Photo, Side } from './draft'
import { FIELDS_OF, fillFrom, sidesOf, WITHOUT_END, type CardReading } from './reading'
import { fenOf } from './validate'

/** What is sent, in the order it has to arrive. */
export const PARCELS = ['begin', 'front', 'back', 'card', 'face_photo', 'face', 'phone', 'work', 'submit'] as const
export type ParcelName = (typeof PARCELS)[number]

/** What waits, in the words of somebody who took a picture. */
export const PARCEL_WORDS: Record<ParcelName, string> = {
  begin: '同意书',
  front: '身份证人像面',
  back: '身份证国徽面',
  card: '身份证信息',
  face_photo: '人脸照片',
  face: '人脸比对',
  phone: '手机号',
  work: '班组和工种',
  submit: '提交',
}

export interface Surroundings {
  draft: () => Draft
  update: (change: (draft: Draft) => void) => void
  vision: () => boolean
  ethnicGroups: () => readonly string[]
}

/** Sends one of them and puts the answer into the draft. */
export async function send(parcel: Parcel<ParcelName>, around: Surroundings): Promise<void> {
  const { draft, update } = around
  const accept = (registration: Registration) => update((kept) => (kept.registration = registration))
  switch (parcel.what) {
    case 'begin':
      return accept(await api.post<Registration>('/phone/registrations', { code: draft().code, consent_version: draft().consentVersion }, { key: parcel.key }))
    case 'front':
    case 'back':
      return sendSide(parcel.what, parcel.key, around)
    case 'card':
      return accept(await api.put<Registration>(at(draft(), 'card'), cardBody(draft())))
    case 'face_photo':
      return sendFace(parcel.key, around)
    case 'face':
      return sendFaceStep(around, accept)
    case 'phone':
      return accept(await api.put<Registration>(at(draft(), 'phone')))
    case 'work':
      return accept(await api.put<Registration>(at(draft(), 'work'), workBody(draft())))
    case 'submit':
      return accept(await api.post<Registration>(at(draft(), 'submit'), {}, { key: parcel.key }))
  }
}

function at(draft: Draft, part: string): string {
  if (!draft.registration) throw new ApiError(409, 'not_begun', '登记还没有开始，请重新扫码')
  return `/phone/registrations/${draft.registration.id}/${part}`
}

const WRONG_SIDE: Record<Side, string> = {
  front: '这是有国徽的一面，请拍有头像的一面',
  back: '这是有头像的一面，请拍有国徽的一面',
}

async function sendSide(side: Side, key: string, around: Surroundings): Promise<void> {
  const photo = around.draft().photos[side]
  if (!photo) return
  const settle = (change: Partial<Photo>) => settlePhoto(side, photo, change, around)
  if (photo.asIs || !around.vision()) {
    const file = await api.upload<Schema<'FileView'>>('/phone/files', photo.key, { purpose: 'photo' }, key)
    return settle({ state: 'kept', fileId: file.id })
  }
  try {
    const reading = await api.upload<CardReading>('/phone/vision/id-card', photo.key, {}, key)
    if (!sidesOf(reading).includes(side)) throw new ApiError(422, 'wrong_side', WRONG_SIDE[side])
    takeReading(side, photo, reading, around)
  } catch (cause) {
    if (cause instanceof ApiError && !cause.isPassing && cause.status !== 401) settle({ state: 'refused', message: cause.sentence })
    throw cause
  }
}

function settlePhoto(name: Side | 'face', sent: Photo, change: Partial<Photo>, around: Surroundings): void {
  around.update((draft) => {
    const now = draft.photos[name]
    // It may have been taken again in the meantime.
    if (now?.key === sent.key) draft.photos[name] = { ...now, message: '', warnings: [], ...change }
  })
}

function takeReading(side: Side, photo: Photo, reading: CardReading, around: Surroundings): void {
  settlePhoto(side, photo, {
    state: 'kept',
    fileId: reading.picture.id,
    portraitId: reading.portrait?.id ?? null,
    warnings: reading.warnings.map((warning) => warning.message),
  }, around)
  around.update((draft) => {
    if (draft.photos[side]?.key !== photo.key) return
    const filled = fillFrom(reading, { card: draft.card, marks: draft.marks }, around.ethnicGroups())
    // What somebody has typed and checked while the picture waited is theirs.
    if (draft.cardChecked) return
    draft.card = filled.card
    draft.marks = filled.marks
    draft.temporary = draft.temporary || reading.temporary
  })
}

/** Fields that a new picture of this side will say anew. */
export function forgetSide(draft: Draft, side: Side): void {
  for (const field of FIELDS_OF[side]) {
    draft.card[field] = ''
    Reflect.deleteProperty(draft.marks, field)
  }
}

async function sendFace(key: string, around: Surroundings): Promise<void> {
  const photo = around.draft().photos.face
  if (!photo) return
  const settle = (change: Partial<Photo>) => settlePhoto('face', photo, change, around)
  if (!around.vision()) {
    const file = await api.upload<Schema<'FileView'>>('/phone/files', photo.key, { purpose: 'photo' }, key)
    return settle({ state: 'kept', fileId: file.id })
  }
  try {
    const reading = await api.upload<Schema<'FaceReading'>>('/phone/vision/face', photo.key, {}, key)
    if (!reading.accepted || !reading.photo) throw new ApiError(422, 'face', reading.issues[0]?.message ?? '照片里没有看清人脸')
    settle({ state: 'kept', fileId: reading.photo.id, warnings: reading.issues.map((issue) => issue.message) })
  } catch (cause) {
    if (cause instanceof ApiError && !cause.isPassing && cause.status !== 401) settle({ state: 'refused', message: cause.sentence })
    throw cause
  }
}

async function sendFaceStep(around: Surroundings, accept: (registration: Registration) => void): Promise<void> {
  const photo = around.draft().photos.face
  if (!photo?.fileId) return
  try {
    accept(await api.put<Registration>(at(around.draft(), 'face'), { face_file_id: photo.fileId, source: photo.from }))
  } catch (cause) {
    // Not the face of the card: another picture may be.
    if (cause instanceof ApiError && cause.status === 422) settlePhoto('face', photo, { state: 'refused', message: cause.sentence }, around)
    throw cause
  }
}

function cardBody(draft: Draft) {
  const { card, photos } = draft
  return {
    name: card.name.trim(),
    id_number: card.id_number.trim().toUpperCase(),
    ethnic: card.ethnic,
    address: card.address.trim() || null,
    id_authority: card.id_authority.trim() || null,
    id_valid_from: card.id_valid_from || null,
    id_valid_until: card.id_valid_until && card.id_valid_until !== WITHOUT_END ? card.id_valid_until : null,
    id_front_file_id: photos.front?.fileId ?? null,
    id_back_file_id: photos.back?.fileId ?? null,
    portrait_file_id: photos.front?.portraitId ?? null,
    temporary_card: draft.temporary,
  }
}

function workBody(draft: Draft) {
  const { work } = draft
  return {
    crew_id: work.crew_id,
    work_type: work.work_type,
    settlement: work.settlement || null,
    unit_price_fen: work.price ? fenOf(work.price) : null,
    settlement_unit: work.settlement_unit || null,
    bank_name: work.bank_card ? work.bank_name : null,
    bank_card: work.bank_card.replace(/\s/g, '') || null,
  }
}
