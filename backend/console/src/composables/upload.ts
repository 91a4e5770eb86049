import { errorFrom } from '@/api/errors'
import { csrf, notifyRefusal, uuid } from '@/api/client'
import type { FilePurpose, StoredFile } from '@/components/form/types'

/** A multipart POST with progress, which `fetch` cannot tell. */
export function sendForm<T>(path: string, form: FormData, onProgress?: (percent: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1${path}`)
    request.setRequestHeader('X-CSRF-Token', csrf())
    request.setRequestHeader('Idempotency-Key', uuid())
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress?.(Math.round((event.loaded / event.total) * 100))
    }
    request.onload = () => {
      const body = parse(request.responseText)
      if (request.status < 300) resolve(body as T)
      else reject(notifyRefusal(errorFrom(request.status, body)))
    }
    request.onerror = () => reject(notifyRefusal(errorFrom(0, null)))
    request.send(form)
  })
}

/** `path` differs for those without an account, who pass a captcha in its query. */
export function uploadFile(
  file: File,
  purpose: FilePurpose,
  onProgress?: (percent: number) => void,
  path = '/files',
): Promise<StoredFile> {
  const form = new FormData()
  form.set('purpose', purpose)
  form.set('file', file)
  return sendForm<StoredFile>(path, form, onProgress)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
