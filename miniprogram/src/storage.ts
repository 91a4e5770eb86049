import { platform } from '@/platform'

const PREFIX = 'mingce'

/** Several people may be played on one browser: what is kept has its owner in its name. */
function name(key: string): string {
  const owner = platform.owner()
  return owner ? `${PREFIX}.${owner}.${key}` : `${PREFIX}.${key}`
}

export const storage = {
  get<T>(key: string): T | null {
    try {
      const kept = uni.getStorageSync(name(key)) as string
      return kept ? (JSON.parse(kept) as T) : null
    } catch {
      return null
    }
  },
  /** False: the phone keeps nothing; whoever stays on the page loses nothing. */
  set(key: string, value: unknown): boolean {
    try {
      uni.setStorageSync(name(key), JSON.stringify(value))
      return true
    } catch {
      return false
    }
  },
  remove(key: string): void {
    try {
      uni.removeStorageSync(name(key))
    } catch {
      // Then nothing was there.
    }
  },
}
