import { onPullDownRefresh, onReachBottom, onShow } from '@dcloudio/uni-app'
import { computed, ref, shallowRef } from 'vue'
import { asApiError, type Page } from '@/api'

const SIZE = 30

/** A list that grows as one scrolls; `load` begins it anew, as coming back to the page does. */
export function usePaged<Row>(fetch: (page: { page: number; page_size: number }) => Promise<Page<Row>>) {
  const rows = shallowRef<Row[] | null>(null)
  const total = ref(0)
  const problem = ref('')
  const busy = ref(false)
  let page = 0
  let round = 0

  async function read(next: number): Promise<void> {
    const mine = ++round
    busy.value = true
    try {
      const answer = await fetch({ page: next, page_size: SIZE })
      if (mine !== round) return
      rows.value = next === 1 ? answer.items : [...(rows.value ?? []), ...answer.items]
      total.value = answer.total
      page = next
      problem.value = ''
    } catch (cause) {
      if (mine === round) problem.value = asApiError(cause).sentence
    } finally {
      if (mine === round) busy.value = false
    }
  }

  const load = () => read(1)
  const hasMore = computed(() => rows.value !== null && rows.value.length < total.value)
  onShow(() => void load())
  onPullDownRefresh(async () => {
    await load()
    uni.stopPullDownRefresh()
  })
  onReachBottom(() => {
    if (hasMore.value && !busy.value) void read(page + 1)
  })
  return { rows, total, problem, busy, hasMore, load }
}
