import { onPullDownRefresh, onShow } from '@dcloudio/uni-app'
import { ref, shallowRef } from 'vue'
import { asApiError } from '@/api'

/** What a page shows, fetched whenever it comes to the front; what was there stays until the new is. */
export function useLoad<T>(fetch: () => Promise<T>, options: { now?: boolean } = {}) {
  const data = shallowRef<T | null>(null)
  const problem = ref('')
  const busy = ref(false)
  let last = 0

  async function load(): Promise<void> {
    const mine = ++last
    busy.value = true
    try {
      const fresh = await fetch()
      // A slower answer to an older question does not take its place.
      if (mine !== last) return
      data.value = fresh
      problem.value = ''
    } catch (cause) {
      if (mine === last) problem.value = asApiError(cause).sentence
    } finally {
      if (mine === last) busy.value = false
    }
  }

  if (options.now !== false) onShow(() => void load())
  onPullDownRefresh(async () => {
    await load()
    uni.stopPullDownRefresh()
  })
  return { data, problem, busy, load }
}
