import { onBeforeUnmount, ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api, asApiError, type Schema } from '@/api'
import { safeNext } from '@/router'
import { useSession } from '@/session/store'

export type Way = Schema<'PhoneApp'>
type Step = Schema<'TicketStep'> | 'loading' | 'failed'

export const WAYS: Record<Way, { label: string; title: string; hint: string }> = {
  mini_program: { label: '小程序码', title: '请用微信扫一扫', hint: '在手机上核对后点击【确认登录】' },
  account: { label: '公众号二维码', title: '请用微信扫一扫，关注公众号', hint: '关注后点击消息里的链接，确认登录' },
}

/** A code on the screen, from being asked for until the session is there. One at a time. */
export function useScanLogin(ways: readonly Way[]) {
  const router = useRouter()
  const route = useRoute()
  const session = useSession()

  const way = ref<Way>(ways[0] ?? 'mini_program')
  const picture = ref('')
  const step = ref<Step>('loading')
  const reason = ref('')
  const left = ref('')
  /** Of the code that is watched: another one begins, and this one is given up. */
  let watching: AbortController | null = null
  let until = 0

  async function ask(): Promise<void> {
    watching?.abort()
    const mine = (watching = new AbortController())
    step.value = 'loading'
    picture.value = reason.value = ''
    try {
      const ticket = await api.post<Schema<'LoginTicket'>>('/login-tickets', { way: way.value }, { idempotencyKey: '', signal: mine.signal })
      picture.value = ticket.picture
      until = Date.parse(ticket.expires_at)
      step.value = 'waiting'
      tick()
      await watch(ticket.id, mine.signal)
    } catch (error) {
      if (mine.signal.aborted) return
      picture.value = ''
      step.value = 'failed'
      reason.value = asApiError(error).message
    }
  }

  /** The server answers as soon as something has changed, or after some seconds. */
  async function watch(id: string, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const standing = await api.get<Schema<'TicketStanding'>>(`/login-tickets/${id}`, { seen: step.value }, signal)
      if (signal.aborted) return
      step.value = standing.state
      reason.value = standing.reason ?? ''
      if (standing.session) {
        session.accept(standing.session)
        await router.replace(safeNext(route.query['next']))
        return
      }
      if (standing.state !== 'waiting' && standing.state !== 'scanned') return
    }
  }

  function choose(next: Way): void {
    if (next === way.value && step.value !== 'failed') return
    way.value = next
    void ask()
  }

  function tick(): void {
    const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1000))
    left.value = step.value === 'waiting' ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` : ''
  }

  const clock = setInterval(tick, 1000)
  const stop = () => watching?.abort()
  onBeforeUnmount(() => clearInterval(clock))

  return { way, picture, step, reason, left, ask, choose, stop }
}
