import type { JoinInfo, Registration } from '@/api/phone'
import type { PhotoKey } from '@/platform'
import type { Mark } from './reading'

export type Side = 'front' | 'back'
export type PhotoName = Side | 'face'

export interface Photo {
  key: PhotoKey
  from: 'camera' | 'album'
  /** `kept`: the server has it. */
  state: 'waiting' | 'kept' | 'refused'
  /** What is wrong with it. */
  message: string
  warnings: string[]
  fileId: string | null
  /** Of the front: the portrait that was cut from it. */
  portraitId: string | null
  /** Not to be read: what stands on it is typed. */
  asIs: boolean
}

export interface CardValues {
  name: string
  id_number: string
  ethnic: string
  address: string
  id_authority: string
  id_valid_from: string
  /** '' and `forever`: 长期. */
  id_valid_until: string
}
export type CardField = keyof CardValues

export interface WorkValues {
  crew_id: string
  crew_name: string
  work_type: string
  work_name: string
  settlement: 'time' | 'piece' | ''
  price: string
  settlement_unit: string
  bank_name: string
  bank_card: string
}

/** All that somebody has entered for one project, as it is kept on the phone. */
export interface Draft {
  code: string
  project: { id: string; name: string }
  consentVersion: string
  consented: boolean
  registration: Registration | null
  photos: Record<PhotoName, Photo | null>
  card: CardValues
  marks: Partial<Record<CardField, Mark>>
  temporary: boolean
  /** Null: nothing was said about it on this phone, and the server knows. */
  cardChecked: boolean | null
  phone: string | null
  work: WorkValues
  workGiven: boolean | null
  wantsSubmit: boolean
  savedAt: number
}

const NO_CARD: CardValues = { name: '', id_number: '', ethnic: '', address: '', id_authority: '', id_valid_from: '', id_valid_until: '' }
const NO_WORK: WorkValues = {
  crew_id: '', crew_name: '', work_type: '', work_name: '', settlement: '', price: '', settlement_unit: '', bank_name: '', bank_card: '',
}

/** What is older than this is somebody else's business by now. */
const KEPT_DAYS = 14

export function emptyDraft(info: Pick<JoinInfo, 'code' | 'project' | 'consent'>, now: number): Draft {
  return {
    code: info.code,
    project: { id: info.project.id, name: info.project.name },
    consentVersion: info.consent.version,
    consented: false,
    registration: null,
    photos: { front: null, back: null, face: null },
    card: { ...NO_CARD },
    marks: {},
    temporary: false,
    cardChecked: null,
    phone: null,
    work: { ...NO_WORK },
    workGiven: null,
    wantsSubmit: false,
    savedAt: now,
  }
}

export function isFresh(draft: Draft, now: number): boolean {
  return now - draft.savedAt < KEPT_DAYS * 86_400_000
}

export function newPhoto(key: PhotoKey, from: Photo['from']): Photo {
  return { key, from, state: 'waiting', message: '', warnings: [], fileId: null, portraitId: null, asIs: false }
}

/**
 * The draft of this phone beside what the server has. A registration that was begun elsewhere goes on here; one that this
 * phone does not know makes what it kept of an older one void.
 */
export function withRegistration(draft: Draft, registration: Registration | null): Draft {
  if (!registration) return draft
  const known = draft.registration?.id
  const base = known && known !== registration.id ? emptyDraft({ code: draft.code, project: { ...draft.project, address: null, contractor: null }, consent: { version: draft.consentVersion, text: [] } }, draft.savedAt) : draft
  const work = base.work
  return {
    ...base,
    registration,
    consented: true,
    phone: registration.phone ?? base.phone,
    wantsSubmit: base.wantsSubmit && registration.state !== 'refused',
    work: {
      ...work,
      crew_id: work.crew_id || (registration.crew_id ?? ''),
      crew_name: work.crew_name || (registration.crew_name ?? ''),
      work_type: work.work_type || (registration.work_type ?? ''),
      settlement: work.settlement || (registration.settlement ?? ''),
    },
  }
}
