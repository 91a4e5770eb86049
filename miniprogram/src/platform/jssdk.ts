import { api } from '@/api/client'

/** WeChat's own script for pages of the official account: what a browser cannot do, the app around it can. */
const SCRIPT = 'https://res.wx.qq.com/open/js/jweixin-1.6.0.js'

interface Signature {
  app_id: string
  timestamp: number | string
  nonce: string
  signature: string
}

interface WeChatScript {
  config(options: object): void
  ready(act: () => void): void
  error(act: (problem: unknown) => void): void
  scanQRCode(options: { needResult: 1; scanType: string[]; success: (found: { resultStr: string }) => void; cancel: () => void; fail: () => void }): void
}

let prepared: Promise<WeChatScript> | null = null

export function inWeChat(): boolean {
  return /MicroMessenger/i.test(navigator.userAgent)
}

function load(): Promise<WeChatScript> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = SCRIPT
    script.onload = () => {
      const loaded = (window as unknown as { jWeixin?: WeChatScript; wx?: WeChatScript }).jWeixin ?? (window as unknown as { wx?: WeChatScript }).wx
      if (loaded) resolve(loaded)
      else reject(new Error('no script'))
    }
    script.onerror = () => reject(new Error('no script'))
    document.head.append(script)
  })
}

/** Signed for this address; WeChat counts without what stands behind the hash. */
async function prepare(address: string): Promise<WeChatScript> {
  const [script, signed] = await Promise.all([load(), api.get<Signature>('/phone/jsapi', { url: address.split('#')[0] ?? '' })])
  return new Promise((resolve, reject) => {
    script.ready(() => resolve(script))
    script.error(reject)
    script.config({ appId: signed.app_id, timestamp: signed.timestamp, nonceStr: signed.nonce, signature: signed.signature, jsApiList: ['scanQRCode'] })
  })
}

/** What the code says; null: nothing was scanned. */
export async function scanInWeChat(address: string): Promise<string | null> {
  prepared ??= prepare(address)
  try {
    const script = await prepared
    return await new Promise((resolve) => {
      script.scanQRCode({ needResult: 1, scanType: ['qrCode'], success: ({ resultStr }) => resolve(resultStr), cancel: () => resolve(null), fail: () => resolve(null) })
    })
  } catch {
    prepared = null
    return null
  }
}
