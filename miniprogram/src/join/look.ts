import type { PictureFacts } from '@/platform'

const NARROWEST = 320
const DARKEST = 45
const BRIGHTEST = 225

/** What the phone itself can tell of a picture of a face before it is sent; the server looks properly. */
export function facePictureProblem(facts: PictureFacts | null): string | null {
  if (!facts) return null
  if (Math.min(facts.width, facts.height) < NARROWEST) return '照片太小，请用相机重新拍'
  if (facts.brightness === null) return null
  if (facts.brightness < DARKEST) return '太暗了，请到亮的地方拍'
  return facts.brightness > BRIGHTEST ? '太亮了，请不要对着强光拍' : null
}
