import { ref } from 'vue'
import { platform, type PhotoKey } from '@/platform'

export interface PaperPage {
  key: PhotoKey
  url: string
  /** The server has it: a form that is sent again does not send its pictures again. */
  fileId: string | null
}

const MOST = 20

/** The photographed pages of a paper: taken, taken again, moved and removed. */
export function usePages() {
  const list = ref<PaperPage[]>([])
  const sent = ref(0)

  async function take(from: 'camera' | 'album', at = list.value.length): Promise<void> {
    const key = await platform.takePhoto({ from, facing: 'back' })
    if (!key) return
    const before = list.value[at]
    const page = { key, url: (await platform.photoUrl(key)) ?? '', fileId: null }
    list.value = at < list.value.length ? list.value.map((one, index) => (index === at ? page : one)) : [...list.value, page]
    if (before) await platform.dropPhoto(before.key)
  }

  function forward(at: number): void {
    if (at === 0) return
    const next = [...list.value]
    const [page] = next.splice(at, 1)
    if (page) next.splice(at - 1, 0, page)
    list.value = next
  }

  async function remove(at: number): Promise<void> {
    const page = list.value[at]
    list.value = list.value.filter((_, index) => index !== at)
    if (page) await platform.dropPhoto(page.key)
  }

  async function send(upload: (key: PhotoKey) => Promise<{ id: string }>): Promise<string[]> {
    const ids: string[] = []
    try {
      for (const [at, page] of list.value.entries()) {
        sent.value = at + 1
        page.fileId ??= (await upload(page.key)).id
        ids.push(page.fileId)
      }
    } finally {
      sent.value = 0
    }
    return ids
  }

  async function clear(): Promise<void> {
    const keys = list.value.map((page) => page.key)
    list.value = []
    await Promise.all(keys.map((key) => platform.dropPhoto(key)))
  }

  return { list, sent, most: MOST, take, forward, remove, send, clear }
}
