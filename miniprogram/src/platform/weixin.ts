import { uuid } from '@/api/uuid'
import { brightnessOf } from './brightness'
import type { Platform, TakePhoto } from './types'

const files = () => wx.getFileSystemManager()
const pathOf = (key: string) => `${wx.env.USER_DATA_PATH}/photo-${key}.jpg`

function exists(path: string): boolean {
  try {
    files().accessSync(path)
    return true
  } catch {
    return false
  }
}

function choose(how: TakePhoto): Promise<string | null> {
  return new Promise((resolve) => {
    wx.chooseMedia({
      count: 1,
      mediaType: ['image'],
      sourceType: [how.from],
      camera: how.facing,
      sizeType: ['compressed'],
      success: ({ tempFiles }) => resolve(tempFiles[0]?.tempFilePath ?? null),
      fail: () => resolve(null),
    })
  })
}

function compressed(path: string): Promise<string> {
  return new Promise((resolve) => {
    wx.compressImage({ src: path, quality: 88, compressedWidth: 1920, success: (made) => resolve(made.tempFilePath), fail: () => resolve(path) })
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export const weixin: Platform = {
  target: 'mp-weixin',
  async start() {
    // WeChat asks for the privacy consent by itself at the first camera, album or phone number.
  },
  owner: () => '',

  login: () =>
    new Promise((resolve) => {
      wx.login({
        success: ({ code }) => resolve(code ? { proof: { code, app: 'mini_program' } } : 'impossible'),
        fail: () => resolve('impossible'),
      })
    }),

  // The number comes by a button of WeChat's own: see PhoneButton.
  canAskPhone: false,
  askPhone: async () => null,

  canScan: true,
  scan: () =>
    new Promise((resolve) => {
      wx.scanCode({ success: (found) => resolve(found.path || found.result || null), fail: () => resolve(null) })
    }),

  subscribe: (templates) =>
    new Promise((resolve) => {
      if (templates.length === 0) return resolve()
      // Three at most are asked at once.
      wx.requestSubscribeMessage({ tmplIds: templates.slice(0, 3), complete: () => resolve() })
    }),

  async takePhoto(how) {
    const chosen = await choose(how)
    if (!chosen) return null
    const key = uuid()
    const small = await compressed(chosen)
    // A temporary file is gone when the mini-program is killed; this folder is not.
    files().copyFileSync(small, pathOf(key))
    return key
  },

  async photoUrl(key) {
    return exists(pathOf(key)) ? pathOf(key) : null
  },

  photoFacts: (key) =>
    new Promise((resolve) => {
      const path = pathOf(key)
      wx.getImageInfo({
        src: path,
        success: ({ width, height }) => {
          brightnessOf(path).then(
            (brightness) => resolve({ width, height, brightness }),
            () => resolve({ width, height, brightness: null }),
          )
        },
        fail: () => resolve(null),
      })
    }),

  async dropPhoto(key) {
    try {
      files().unlinkSync(pathOf(key))
    } catch {
      // It is gone already.
    }
  },

  upload: (url, key, form, headers) =>
    new Promise((resolve) => {
      const filePath = pathOf(key)
      if (!exists(filePath)) return resolve({ status: 410, body: { code: 'photo_gone', message: '照片已不在手机里，请重新拍照' } })
      wx.uploadFile({
        url,
        filePath,
        name: 'file',
        formData: form,
        header: headers,
        timeout: 90_000,
        success: ({ statusCode, data }) => resolve({ status: statusCode, body: parse(data) }),
        fail: () => resolve({ status: 0, body: null }),
      })
    }),

  methodFor: (method) => (method === 'PATCH' ? 'PUT' : method),

  onOnline(listener) {
    wx.onNetworkStatusChange(({ isConnected }) => {
      if (isConnected) listener()
    })
    wx.onAppShow(() => listener())
  },

  openDocument: (url, name) =>
    new Promise((resolve, reject) => {
      wx.downloadFile({
        url,
        success: ({ tempFilePath }) => wx.openDocument({ filePath: tempFilePath, fileType: 'pdf', showMenu: true, success: () => resolve(), fail: reject }),
        fail: () => reject(new Error(name)),
      })
    }),

  canSpeak: false,
  speak: () => undefined,
}
