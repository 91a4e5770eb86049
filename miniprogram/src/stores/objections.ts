import { defineStore } from 'pinia'
import { ref } from 'vue'
import { api, asApiError, type Objection, type Schema } from '@/api'
import { platform, type PhotoKey } from '@/platform'
import { Outbox, type Parcel } from '@/queue/outbox'
import { storage } from '@/storage'

const DRAFTS = 'objections.drafts'
const PARCELS = 'objections.parcels'
/** What nobody came back to is not kept on a phone for ever. */
const FORGOTTEN = 30 * 24 * 3_600_000

/** A punch is missing: what its owner says about it. */
export interface ObjectionDraft {
  entryId: string
  day: string
  said: string
  photo: PhotoKey | null
  /** The picture, once the server has it. */
  fileId: string | null
  /** Why the server did not take it; '' while nobody has said no. */
  refusal: string
  savedAt: number
}

const nameOf = (entryId: string, day: string) => `${entryId}/${day}`

/** Objections that are being written, and those that the server does not have yet. */
export const useObjections = defineStore('objections', () => {
  const drafts = ref<Record<string, ObjectionDraft>>(recent(storage.get<Record<string, ObjectionDraft>>(DRAFTS) ?? {}))
  const parcels = ref<Parcel<string>[]>([])

  // One is as good as another: they go in the order they were given.
  const outbox: Outbox<string> = new Outbox([], {
    load: () => storage.get<Parcel<string>[]>(PARCELS) ?? [],
    save: (next) => storage.set(PARCELS, next),
    send,
    changed: () => (parcels.value = [...outbox.waiting]),
    later: (act, milliseconds) => {
      const timer = setTimeout(act, milliseconds)
      return () => clearTimeout(timer)
    },
  })
  parcels.value = [...outbox.waiting]
  platform.onOnline(() => void outbox.flushAgain())

  /** Given and not there yet, or given and refused. */
  const undelivered = (entryId: string): ObjectionDraft[] => Object.values(drafts.value).filter((one) => one.entryId === entryId && (one.refusal !== '' || isWaiting(one)))

  function isWaiting(one: ObjectionDraft): boolean {
    return parcels.value.some((parcel) => parcel.what === nameOf(one.entryId, one.day))
  }

  function draft(entryId: string, day: string): ObjectionDraft {
    return drafts.value[nameOf(entryId, day)] ?? { entryId, day, said: '', photo: null, fileId: null, refusal: '', savedAt: 0 }
  }

  function keep(one: ObjectionDraft): void {
    drafts.value = { ...drafts.value, [nameOf(one.entryId, one.day)]: { ...one, savedAt: Date.now() } }
    storage.set(DRAFTS, drafts.value)
  }

  async function photoTaken(entryId: string, day: string, photo: PhotoKey): Promise<void> {
    const before = draft(entryId, day)
    keep({ ...before, photo, fileId: null })
    if (before.photo) await platform.dropPhoto(before.photo)
  }

  /** Sends it now if that can be done now; what cannot be sent is kept and sent later. */
  async function give(entryId: string, day: string, patience = 6_000): Promise<'sent' | 'waits' | 'refused'> {
    const name = nameOf(entryId, day)
    keep({ ...draft(entryId, day), refusal: '' })
    outbox.put(name)
    await Promise.race([outbox.flush(), new Promise((done) => setTimeout(done, patience))])
    const left = drafts.value[name]
    if (!left) return 'sent'
    return left.refusal ? 'refused' : 'waits'
  }

  async function send({ what, key }: Parcel<string>): Promise<void> {
    const one = drafts.value[what]
    if (!one) return
    try {
      const fileId = one.fileId ?? (one.photo ? await uploaded(one, one.photo) : null)
      await api.post<Objection>('/phone/me/objections', { entry_id: one.entryId, day: one.day, said: one.said.trim(), file_id: fileId }, { key })
      await forget(what)
    } catch (cause) {
      const error = asApiError(cause)
      if (error.isPassing || error.status === 401) throw error
      // It is put right by its owner; the others do not wait for that.
      keep({ ...draft(one.entryId, one.day), fileId: null, refusal: error.sentence })
    }
  }

  async function uploaded(one: ObjectionDraft, photo: PhotoKey): Promise<string> {
    const { id } = await api.upload<Schema<'FileView'>>('/phone/files', photo, { purpose: 'photo' })
    keep({ ...one, fileId: id })
    return id
  }

  async function forget(name: string): Promise<void> {
    const { [name]: gone, ...others } = drafts.value
    drafts.value = others
    storage.set(DRAFTS, others)
    if (gone?.photo) await platform.dropPhoto(gone.photo)
  }

  /** What was left from the last time. */
  const resume = () => outbox.flush()

  return { undelivered, isWaiting, draft, keep, photoTaken, give, resume }
})

function recent(drafts: Record<string, ObjectionDraft>): Record<string, ObjectionDraft> {
  return Object.fromEntries(Object.entries(drafts).filter(([, one]) => Date.now() - one.savedAt < FORGOTTEN))
}
