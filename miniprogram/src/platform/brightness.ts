import { brightnessOf as meanOf } from './canvas'

/** By a canvas nobody sees. */
export function brightnessOf(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const canvas = wx.createOffscreenCanvas({ type: '2d', width: 64, height: 64 })
    const image = canvas.createImage()
    image.onload = () => {
      const context = canvas.getContext('2d')
      context.drawImage(image, 0, 0, 64, 64)
      resolve(meanOf(context.getImageData(0, 0, 64, 64).data))
    }
    image.onerror = () => reject(new Error('not a picture'))
    image.src = path
  })
}
