import type { PictureFacts } from './types'

/** Enough for reading an ID card, and a third of what a phone's camera gives. */
const LONGEST = 1920

async function imageOf(blob: Blob): Promise<{ image: HTMLImageElement; done: () => void }> {
  const url = URL.createObjectURL(blob)
  const image = new Image()
  image.src = url
  try {
    await image.decode()
  } catch (cause) {
    URL.revokeObjectURL(url)
    throw cause
  }
  return { image, done: () => URL.revokeObjectURL(url) }
}

function drawn(image: HTMLImageElement, longest: number): HTMLCanvasElement {
  const scale = Math.min(1, longest / Math.max(image.naturalWidth, image.naturalHeight))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(image.naturalWidth * scale)
  canvas.height = Math.round(image.naturalHeight * scale)
  // An <img> is drawn the way up that its EXIF says.
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return canvas
}

/** The picture as a JPEG that a slow network can carry; what cannot be decoded goes as it is, for the server to refuse. */
export async function smaller(file: Blob): Promise<Blob> {
  try {
    const { image, done } = await imageOf(file)
    const canvas = drawn(image, LONGEST)
    done()
    const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.88))
    return made && (made.size < file.size || file.type !== 'image/jpeg') ? made : file
  } catch {
    return file
  }
}

export async function factsOf(blob: Blob): Promise<PictureFacts | null> {
  try {
    const { image, done } = await imageOf(blob)
    const canvas = drawn(image, 64)
    const facts = { width: image.naturalWidth, height: image.naturalHeight }
    done()
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data
    return { ...facts, brightness: pixels ? brightnessOf(pixels) : null }
  } catch {
    return null
  }
}

export function brightnessOf(pixels: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < pixels.length; at += 4) {
    sum += 0.299 * (pixels[at] ?? 0) + 0.587 * (pixels[at + 1] ?? 0) + 0.114 * (pixels[at + 2] ?? 0)
  }
  return pixels.length === 0 ? 0 : sum / (pixels.length / 4)
}
