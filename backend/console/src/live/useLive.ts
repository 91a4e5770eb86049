import { onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue'
import { api } from '@/api'
import { openStream, type StreamState } from './stream'

export type LiveName = 'punch' | 'device' | 'alert'

export interface LiveHandlers {
  heard: (name: LiveName, payload: unknown) => void
  /** Something may have been missed: read it. */
  catchUp: () => void
}

const NAMES = ['punch', 'device', 'alert', 'reload'] as const
/** A page in the background gives its connection back, for a browser has only six to one host. */
const HIDDEN_FOR_MS = 60_000
/** While the stream is away the page asks by itself; this is also how it learns that the session has ended. */
const ASK_EVERY_MS = 15_000

/** What happens on a site, as it happens, while the page is looked at. */
export function useLive(projectId: Readonly<Ref<string>>, handlers: LiveHandlers) {
  const state = ref<StreamState>('connecting')
  let stream: { close: () => void } | null = null
  let hiding = 0
  let asking = 0

  function open(): void {
    if (stream || projectId.value === '') return
    stream = openStream({
      url: api.url(`/projects/${projectId.value}/live`),
      names: NAMES,
      // The server says `reload` when it had to leave something out.
      heard: (name, payload) => (name === 'reload' ? handlers.catchUp() : handlers.heard(name as LiveName, payload)),
      changed: (next) => (state.value = next),
      recovered: handlers.catchUp,
    })
  }

  function close(): void {
    stream?.close()
    stream = null
  }

  function onVisibility(): void {
    window.clearTimeout(hiding)
    if (document.hidden) hiding = window.setTimeout(close, HIDDEN_FOR_MS)
    else if (!stream) {
      open()
      handlers.catchUp()
    }
  }

  watch(state, (now) => {
    window.clearInterval(asking)
    if (now === 'lost') asking = window.setInterval(() => document.hidden || handlers.catchUp(), ASK_EVERY_MS)
  })
  watch(projectId, () => (close(), open()))
  onMounted(() => {
    open()
    document.addEventListener('visibilitychange', onVisibility)
  })
  onBeforeUnmount(() => {
    close()
    window.clearTimeout(hiding)
    window.clearInterval(asking)
    document.removeEventListener('visibilitychange', onVisibility)
  })

  return { state }
}
