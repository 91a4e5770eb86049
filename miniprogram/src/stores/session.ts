import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api, asApiError, type PhoneSession, type PhoneSettings, type PhoneToken } from '@/api'
import { setBearer } from '@/api/client'
import { platform } from '@/platform'
import { storage } from '@/storage'

const TOKEN = 'token'
const SETTINGS = 'settings'
const PROJECT = 'project'

/** `outside`: this is not WeChat, and nobody can be told apart here. */
export type Standing = 'unknown' | 'known' | 'leaving' | 'outside' | 'refused'

/** Who holds the phone. */
export const useSession = defineStore('session', () => {
  const settings = ref<PhoneSettings | null>(null)
  const me = ref<PhoneSession | null>(null)
  const standing = ref<Standing>('unknown')
  /** Why WeChat's login was refused, in a sentence. */
  const reason = ref('')
  const projectId = ref('')
  let token: string | null = null
  let starting: Promise<void> | null = null
  let entering: Promise<boolean> | null = null

  const user = computed(() => me.value?.user ?? null)
  const isStaff = computed(() => Boolean(user.value?.account))
  const projects = computed(() => me.value?.projects ?? [])
  const project = computed(() => projects.value.find((one) => one.id === projectId.value) ?? projects.value[0] ?? null)

  function start(): Promise<void> {
    starting ??= begin()
    return starting
  }

  async function begin(): Promise<void> {
    setBearer({ token: tokenNow, renew })
    try {
      settings.value = await api.get<PhoneSettings>('/phone/settings', undefined, { anonymous: true })
      storage.set(SETTINGS, settings.value)
    } catch {
      // Without a network what was known the last time has to do.
      settings.value = storage.get<PhoneSettings>(SETTINGS)
    }
    await platform.start(settings.value?.wechat?.stand_in_url ?? null)
    token = storage.get<string>(TOKEN)
    projectId.value = storage.get<string>(PROJECT) ?? ''
  }

  async function tokenNow(): Promise<string | null> {
    await start()
    if (!token) await enter()
    return token
  }

  async function renew(): Promise<boolean> {
    drop()
    return enter()
  }

  function drop(): void {
    token = null
    storage.remove(TOKEN)
  }

  function accept(fresh: PhoneToken): void {
    token = fresh.token
    standing.value = 'known'
    storage.set(TOKEN, token)
  }

  /** Many calls may find out at once that there is no session: one of them logs in. */
  function enter(): Promise<boolean> {
    entering ??= logIn().finally(() => (entering = null))
    return entering
  }

  async function logIn(): Promise<boolean> {
    const way = await platform.login()
    if (way === 'elsewhere') {
      standing.value = 'leaving'
      // The page is being left: nothing that waits for this has to be answered.
      return new Promise(() => undefined)
    }
    if (way === 'impossible') {
      standing.value = 'outside'
      return false
    }
    return exchange(way.proof)
  }

  async function exchange(proof: object): Promise<boolean> {
    try {
      accept(await api.post<PhoneToken>('/phone/session', proof, { anonymous: true, key: '' }))
      return true
    } catch (cause) {
      const error = asApiError(cause)
      if (!error.isPassing) {
        standing.value = 'refused'
        reason.value = error.sentence
      }
      return false
    }
  }

  /** H5, back from WeChat's login. */
  async function enterWith(ticket: string): Promise<boolean> {
    await start()
    drop()
    return exchange({ ticket })
  }

  async function load(fresh = false): Promise<PhoneSession> {
    await start()
    if (!me.value || fresh) me.value = await api.get<PhoneSession>('/phone/session')
    standing.value = 'known'
    return me.value
  }

  /** Whatever changes who holds the phone answers with who that is now. */
  function acceptSession(next: PhoneSession): void {
    me.value = next
  }

  function chooseProject(id: string): void {
    projectId.value = id
    storage.set(PROJECT, id)
  }

  async function askForNotices(notices: string[]): Promise<void> {
    const templates = (settings.value?.templates ?? []).filter((one) => notices.includes(one.notice)).map((one) => one.template_id)
    await platform.subscribe(templates)
  }

  return { settings, me, user, standing, reason, isStaff, projects, project, start, load, enterWith, acceptSession, chooseProject, askForNotices }
})
