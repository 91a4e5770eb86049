import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api, asApiError, type JoinInfo, type Registration } from '@/api'
import { emptyDraft, isFresh, newPhoto, withRegistration, type CardField, type Draft, type PhotoName, type Side, type WorkValues } from '@/join/draft'
import { forgetSide, PARCELS, send, type ParcelName } from '@/join/parcels'
import { isPending } from '@/join/reading'
import { isWithReviewer, nextStep } from '@/join/steps'
import { platform, type PhotoKey } from '@/platform'
import { Outbox, type OutboxState, type Parcel } from '@/queue/outbox'
import { storage } from '@/storage'
import { useDictionaries } from './dictionaries'
import { useSession } from './session'

const LAST = 'join.last'
const draftKey = (code: string) => `join.draft.${code}`
const infoKey = (code: string) => `join.info.${code}`
const parcelsKey = (code: string) => `join.parcels.${code}`

/** One registration: what has been entered, and what of it the server does not have yet. */
export const useJoin = defineStore('join', () => {
  const session = useSession()
  const dictionaries = useDictionaries()
  const info = ref<JoinInfo | null>(null)
  const draft = ref<Draft | null>(null)
  const parcels = ref<Parcel<ParcelName>[]>([])
  const outboxState = ref<OutboxState>('idle')
  let outbox: Outbox<ParcelName> | null = null
  let listening = false

  const step = computed(() => (draft.value ? nextStep(draft.value) : 'consent'))
  const isOffline = computed(() => outboxState.value === 'waiting')

  /** Shows what the phone knows at once and asks the server beside it. Fails only when neither knows the code. */
  async function open(code: string): Promise<void> {
    if (draft.value?.code !== code) restore(code)
    await session.start()
    void dictionaries.load()
    try {
      meet(await api.get<JoinInfo>(`/phone/join/${encodeURIComponent(code)}`))
    } catch (cause) {
      if (!info.value || !asApiError(cause).isPassing) throw cause
    }
    listen()
    void outbox?.flush()
  }

  /** After the app was killed: the registration that was open. */
  function last(): string | null {
    return storage.get<string>(LAST)
  }

  function restore(code: string): void {
    info.value = storage.get<JoinInfo>(infoKey(code))
    const kept = storage.get<Draft>(draftKey(code))
    draft.value = kept && isFresh(kept, Date.now()) ? kept : null
    openOutbox(code)
  }

  function meet(fresh: JoinInfo): void {
    info.value = fresh
    storage.set(infoKey(fresh.code), fresh)
    const before = draft.value ?? emptyDraft(fresh, Date.now())
    draft.value = withRegistration({ ...before, project: { id: fresh.project.id, name: fresh.project.name } }, fresh.registration)
    if (!before.consented) draft.value.consentVersion = fresh.consent.version
    if (!outbox) openOutbox(fresh.code)
    save()
  }

  function openOutbox(code: string): void {
    outbox = new Outbox<ParcelName>(PARCELS, {
      load: () => storage.get<Parcel<ParcelName>[]>(parcelsKey(code)) ?? [],
      save: (next) => storage.set(parcelsKey(code), next),
      send: (parcel) => send(parcel, around),
      changed: () => {
        parcels.value = [...(outbox?.waiting ?? [])]
        outboxState.value = outbox?.state ?? 'idle'
      },
      later: (act, milliseconds) => {
        const timer = setTimeout(act, milliseconds)
        return () => clearTimeout(timer)
      },
    })
    parcels.value = [...outbox.waiting]
    outboxState.value = outbox.state
  }

  function listen(): void {
    if (listening) return
    listening = true
    platform.onOnline(() => void outbox?.flushAgain())
  }

  const around = {
    draft: need,
    update,
    vision: () => session.settings?.vision ?? true,
    ethnicGroups: () => dictionaries.tables?.ethnic_groups ?? [],
  }

  function need(): Draft {
    if (!draft.value) throw new Error('no registration is open')
    return draft.value
  }

  function update(change: (draft: Draft) => void): void {
    change(need())
    save()
    if (isWithReviewer(need())) void cleared()
  }

  function save(): void {
    const now = need()
    now.savedAt = Date.now()
    storage.set(draftKey(now.code), now)
    storage.set(LAST, now.code)
  }

  /** What the server has taken is not left on a phone that others may hold. */
  async function cleared(): Promise<void> {
    const now = need()
    const keys = Object.values(now.photos).flatMap((photo) => (photo ? [photo.key] : []))
    now.photos = { front: null, back: null, face: null }
    now.card = emptyDraft({ code: now.code, project: { ...now.project, address: null, contractor: null }, consent: { version: now.consentVersion, text: [] } }, 0).card
    now.marks = {}
    now.cardChecked = null
    now.workGiven = null
    now.wantsSubmit = false
    save()
    await Promise.all(keys.map((key) => platform.dropPhoto(key)))
  }

  function consent(): void {
    update((now) => (now.consented = true))
    if (!need().registration) outbox?.put('begin')
  }

  async function photoTaken(name: PhotoName, key: PhotoKey, from: 'camera' | 'album'): Promise<void> {
    const before = need().photos[name]
    update((now) => {
      now.photos[name] = newPhoto(key, from)
      if (name !== 'face') {
        forgetSide(now, name)
        now.cardChecked = false
      }
    })
    if (name === 'face') {
      outbox?.put('face_photo')
      outbox?.put('face')
    } else {
      outbox?.drop('card')
      outbox?.put(name)
    }
    if (before) await platform.dropPhoto(before.key)
  }

  /** The picture stays though nothing could be read from it. */
  function keepAsIs(side: Side): void {
    update((now) => {
      const photo = now.photos[side]
      if (photo) now.photos[side] = { ...photo, asIs: true, state: 'waiting', message: '' }
    })
    outbox?.put(side)
  }

  function setCard(field: CardField, value: string): void {
    update((now) => {
      now.card[field] = value
      const mark = now.marks[field]
      if (mark && value !== mark.value) mark.confirmed = true
    })
  }

  function confirmMark(field: CardField): void {
    update((now) => {
      const mark = now.marks[field]
      if (mark) mark.confirmed = true
    })
  }

  const pendingMarks = computed(() => {
    const now = draft.value
    if (!now) return []
    return (Object.keys(now.marks) as CardField[]).filter((field) => isPending(now.marks[field], now.card[field]))
  })

  function cardIsRight(): void {
    update((now) => (now.cardChecked = true))
    outbox?.put('card')
  }

  function phoneVerified(masked: string): void {
    update((now) => (now.phone = masked))
    outbox?.put('phone')
  }

  function setWork(values: Partial<WorkValues>): void {
    update((now) => Object.assign(now.work, values))
  }

  function workIsGiven(): void {
    update((now) => (now.workGiven = true))
    outbox?.put('work')
  }

  function submit(): void {
    update((now) => (now.wantsSubmit = true))
    outbox?.put('submit')
  }

  async function withdraw(): Promise<void> {
    const { registration, code } = need()
    if (registration) await api.post<Registration>(`/phone/registrations/${registration.id}/withdraw`, { reason: '本人撤回' })
    outbox?.clear()
    await cleared()
    storage.remove(draftKey(code))
    storage.remove(LAST)
    draft.value = null
  }

  /** Until nothing is under way: what a page waits for after a picture. */
  const flush = () => outbox?.flush() ?? Promise.resolve()
  const resend = () => outbox?.flushAgain() ?? Promise.resolve()
  const refusal = (what: ParcelName) => parcels.value.find((parcel) => parcel.what === what)?.refused ?? null

  return {
    info, draft, parcels, outboxState, step, isOffline, pendingMarks,
    open, last, restore, consent, photoTaken, keepAsIs, setCard, confirmMark, cardIsRight, phoneVerified, setWork, workIsGiven, submit, withdraw, flush, resend, refusal,
  }
})
