import { askBridge, bridge, isFramed, loadBridge } from './bridge'
import { smaller, factsOf } from './canvas'
import { blobs } from './blobs'
import { inWeChat, scanInWeChat } from './jssdk'
import type { LoginWay, Platform, TakePhoto } from './types'
import { uuid } from '@/api/uuid'

/** Object URLs are made once per photograph: each holds its picture in memory. */
const urls = new Map<string, string>()
let person = ''

function chooseFile(how: TakePhoto): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = 'image/*'
    if (how.from === 'camera') input.setAttribute('capture', how.facing === 'front' ? 'user' : 'environment')
    input.style.display = 'none'
    const finish = (file: File | null) => {
      input.remove()
      resolve(file)
    }
    input.addEventListener('change', () => finish(input.files?.[0] ?? null))
    input.addEventListener('cancel', () => finish(null))
    // Some engines forget an input that is not in the document.
    document.body.append(input)
    input.click()
  })
}

/** Where the page is, as the way back after WeChat's login. */
function here(): string {
  return location.hash.replace(/^#/, '') || '/'
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export const h5: Platform = {
  target: 'h5',

  async start(standInUrl) {
    if (!standInUrl || !isFramed()) return
    await loadBridge(standInUrl)
    const who = await askBridge((phone) => phone.who())
    person = who?.id ?? ''
  },

  owner: () => person,

  async login(): Promise<LoginWay> {
    const answer = await askBridge((phone) => phone.login())
    if (answer) return { proof: { code: answer.code, app: 'mini_program' } }
    if (!inWeChat() && !isFramed()) return 'impossible'
    location.replace(`/wechat/enter?to=${encodeURIComponent(here())}`)
    return 'elsewhere'
  },

  get canAskPhone() {
    return bridge() !== null
  },
  async askPhone() {
    return (await askBridge((phone) => phone.phoneNumber()))?.code ?? null
  },

  get canScan() {
    return bridge() !== null || inWeChat()
  },
  async scan() {
    if (!bridge()) return scanInWeChat(location.href)
    return (await askBridge((phone) => phone.scan()))?.content ?? null
  },

  async subscribe(templates) {
    if (templates.length > 0) await askBridge((phone) => phone.subscribe(templates))
  },

  async takePhoto(how) {
    const file = await chooseFile(how)
    if (!file) return null
    const key = uuid()
    await blobs.keep(key, await smaller(file))
    return key
  },

  async photoUrl(key) {
    const known = urls.get(key)
    if (known) return known
    const blob = await blobs.get(key)
    if (!blob) return null
    const url = URL.createObjectURL(blob)
    urls.set(key, url)
    return url
  },

  async photoFacts(key) {
    const blob = await blobs.get(key)
    return blob ? factsOf(blob) : null
  },

  async dropPhoto(key) {
    const url = urls.get(key)
    if (url) URL.revokeObjectURL(url)
    urls.delete(key)
    await blobs.drop(key)
  },

  async upload(url, key, form, headers) {
    const blob = await blobs.get(key)
    // Whoever has cleared the browser's data is asked for the picture again.
    if (!blob) return { status: 410, body: { code: 'photo_gone', message: '照片已不在手机里，请重新拍照' } }
    return new Promise((resolve) => {
      const body = new FormData()
      for (const [name, value] of Object.entries(form)) body.set(name, value)
      body.set('file', blob, `${key}.jpg`)
      const request = new XMLHttpRequest()
      request.open('POST', url)
      request.timeout = 90_000
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
      request.onload = () => resolve({ status: request.status, body: parse(request.responseText) })
      request.onerror = request.ontimeout = () => resolve({ status: 0, body: null })
      request.send(body)
    })
  },

  methodFor: (method) => method,

  onOnline(listener) {
    window.addEventListener('online', listener)
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') listener()
    })
  },

  async openDocument(url) {
    location.assign(url)
  },

  canSpeak: typeof window !== 'undefined' && 'speechSynthesis' in window,
  speak(text) {
    speechSynthesis.cancel()
    const said = new SpeechSynthesisUtterance(text)
    said.lang = 'zh-CN'
    said.rate = 0.9
    speechSynthesis.speak(said)
  },
}
