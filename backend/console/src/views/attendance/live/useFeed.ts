import { computed, onMounted, ref, shallowRef, watch, type Ref } from 'vue'
import { api, asApiError, type ApiError, type Page } from '@/api'
import { today } from '@/components/format'
import { useSettled } from '@/live/settle'
import { useLive } from '@/live/useLive'
import { plusDays } from '../days'
import type { PunchRow } from '../types'
import { merged, newcomers } from './feed'

const READ_AT_ONCE = 100

/** 【出勤记录】: events say that somebody has punched, and the rows are read; while paused they wait above the list. */
export function useFeed(projectId: Readonly<Ref<string>>, also: () => void) {
  const shown = shallowRef<PunchRow[]>([])
  const waiting = shallowRef<PunchRow[]>([])
  const fresh = ref(new Set<string>())
  const paused = ref(false)
  const settled = ref(false)
  const error = ref<ApiError | null>(null)

  async function read(): Promise<void> {
    const path = `/projects/${projectId.value}/attendance/punches/search`
    // Yesterday's too: a device that was cut off over night sends them now.
    const body = { from: plusDays(today(), -1), to: today() }
    try {
      const query = { page_size: READ_AT_ONCE, sort: '-received_at' }
      const page = await api.post<Page<PunchRow>>(path, body, { query, idempotencyKey: '' })
      take(page.items)
      error.value = null
    } catch (cause) {
      error.value = asApiError(cause)
    } finally {
      settled.value = true
    }
  }

  function take(read: PunchRow[], now = !paused.value): void {
    const first = shown.value.length === 0
    if (!now && !first) {
      waiting.value = merged(waiting.value, newcomers(shown.value, read))
      return
    }
    fresh.value = new Set(first ? [] : newcomers(shown.value, read).map((punch) => punch.id))
    shown.value = merged(shown.value, read)
  }

  function release(): void {
    const held = waiting.value
    waiting.value = []
    if (held.length > 0) take(held, true)
  }

  const readSoon = useSettled(() => void read())
  const news = () => (readSoon(), also())
  const { state } = useLive(projectId, {
    heard: (name) => name === 'punch' && news(),
    catchUp: news,
  })

  watch(paused, (now) => !now && release())
  onMounted(() => projectId.value && void read())

  return { shown, waiting: computed(() => waiting.value.length), fresh, paused, settled, error, state, read, release }
}
