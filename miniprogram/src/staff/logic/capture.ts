import { ref, shallowRef } from 'vue'
import { api, asApiError, type Schema } from '@/api'
import { usePhotoUrl } from '@/composables/usePhotoUrl'
import type { CardReading } from '@/join/reading'
import { facePictureProblem } from '@/join/look'
import { platform, type PhotoKey } from '@/platform'
import { useSession } from '@/stores/session'

/** A photograph that staff take, and what the platform says of it. */
export function useCapture<Answer>(facing: 'front' | 'back', ask: (key: PhotoKey) => Promise<Answer>) {
  const key = ref<PhotoKey | null>(null)
  const answer = shallowRef<Answer | null>(null)
  const problem = ref('')
  const busy = ref(false)
  const url = usePhotoUrl(() => key.value)

  async function take(from: 'camera' | 'album'): Promise<Answer | null> {
    const taken = await platform.takePhoto({ from, facing })
    if (!taken) return null
    if (key.value) await platform.dropPhoto(key.value)
    key.value = taken
    answer.value = null
    return look()
  }

  /** Once more with the same picture, where the network was away. */
  async function look(): Promise<Answer | null> {
    if (!key.value) return null
    problem.value = ''
    busy.value = true
    try {
      answer.value = await ask(key.value)
      return answer.value
    } catch (cause) {
      problem.value = asApiError(cause).sentence
      return null
    } finally {
      busy.value = false
    }
  }

  async function clear(): Promise<void> {
    if (key.value) await platform.dropPhoto(key.value)
    key.value = null
    answer.value = null
  }

  return { key, url, answer, problem, busy, take, look, clear }
}

/** 【核验】: passed, or exactly what is wrong. */
export interface FaceTaken {
  fileId: string | null
  issues: string[]
}

export async function lookAtFace(key: PhotoKey): Promise<FaceTaken> {
  const own = facePictureProblem(await platform.photoFacts(key))
  if (own) return { fileId: null, issues: [own] }
  if (!(useSession().settings?.vision ?? true)) {
    const file = await api.upload<Schema<'FileView'>>('/files', key, { purpose: 'photo' })
    return { fileId: file.id, issues: [] }
  }
  const reading = await api.upload<Schema<'FaceReading'>>('/vision/face', key)
  return { fileId: reading.photo?.id ?? null, issues: reading.issues.map((issue) => issue.message) }
}

export interface CardTaken {
  fileId: string
  reading: CardReading | null
}

export async function lookAtCard(key: PhotoKey): Promise<CardTaken> {
  if (!(useSession().settings?.vision ?? true)) {
    const file = await api.upload<Schema<'FileView'>>('/files', key, { purpose: 'photo' })
    return { fileId: file.id, reading: null }
  }
  const reading = await api.upload<CardReading>('/vision/id-card', key)
  return { fileId: reading.picture.id, reading }
}
