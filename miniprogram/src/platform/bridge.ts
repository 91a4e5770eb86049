/** The phone of the WeChat stand-in, in demo mode only: it does what `wx` would do in a mini-program. */
export interface Bridge {
  readonly inside: boolean
  who(): Promise<{ id: string; name: string }>
  login(): Promise<{ code: string }>
  phoneNumber(): Promise<{ code?: string; declined?: boolean }>
  scan(): Promise<{ content: string }>
  subscribe(templates: string[]): Promise<Record<string, string>>
}

declare global {
  interface Window {
    weChatStandIn?: Bridge
  }
}

export function isFramed(): boolean {
  return window.parent !== window
}

export function bridge(): Bridge | null {
  return window.weChatStandIn?.inside ? window.weChatStandIn : null
}

/** Null where there is no phone around this page, or it says no. */
export async function askBridge<T>(ask: (phone: Bridge) => Promise<T>): Promise<T | null> {
  const phone = bridge()
  if (!phone) return null
  try {
    return await ask(phone)
  } catch {
    return null
  }
}

export function loadBridge(standInUrl: string): Promise<void> {
  return new Promise((resolve) => {
    const script = document.createElement('script')
    script.src = new URL('/wechat/bridge.js', standInUrl).href
    script.onload = script.onerror = () => resolve()
    document.head.append(script)
  })
}
