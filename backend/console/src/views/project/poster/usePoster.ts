import { useQuery, useQueryClient } from '@tanstack/vue-query'
import type { Ref } from 'vue'
import { api, type Schema } from '@/api'
import { errorFrom } from '@/api/errors'

async function dataUrl(path: string): Promise<string> {
  const response = await fetch(path, { credentials: 'same-origin' }).catch(() => null)
  if (!response) throw errorFrom(0, null)
  if (!response.ok) throw errorFrom(response.status, await response.json().catch(() => null))
  const blob = await response.blob()
  return new Promise((done, failed) => {
    const reader = new FileReader()
    reader.onload = () => done(String(reader.result))
    reader.onerror = () => failed(reader.error)
    reader.readAsDataURL(blob)
  })
}

/** A project's code, its picture to be drawn into the poster, and another code in its place. */
export function useProjectCode(projectId: Readonly<Ref<string>>) {
  const client = useQueryClient()
  const { data: code, error } = useQuery({
    queryKey: ['project-code', projectId],
    queryFn: ({ signal }) => api.get<Schema<'CodeLink'>>(`/projects/${projectId.value}/code`, undefined, signal),
  })
  // A picture belongs to its code, so that it changes with it.
  const { data: picture } = useQuery({
    queryKey: ['project-code', projectId, 'picture', () => code.value?.code],
    queryFn: () => dataUrl(api.url(`/projects/${projectId.value}/qr.png`)),
    enabled: () => code.value !== undefined,
    staleTime: Infinity,
  })
  const renew = async () => {
    await api.post(`/projects/${projectId.value}/code/renew`, {})
    await client.invalidateQueries({ queryKey: ['project-code'] })
  }
  return { code, picture, error, renew }
}
