import { errorFrom } from '@/api/errors'
import { notifyRefusal } from '@/api/client'

/** Fetches a file that the server makes on the spot, and saves it; a refusal is an `ApiError` as everywhere. */
export async function saveFile(path: string, name: string): Promise<void> {
  const response = await fetch(`/api/v1${path}`, { credentials: 'same-origin' }).catch(() => null)
  if (!response) throw notifyRefusal(errorFrom(0, null))
  if (!response.ok) throw notifyRefusal(errorFrom(response.status, await response.json().catch(() => null)))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = name
  link.click()
  // The browser reads it after the click has returned.
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
