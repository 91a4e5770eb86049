// A small `wx` and `App` around the built mini-program, so that its own pages run in Tencent's simulator.
const path = require('node:path')

const built = path.resolve(__dirname, '../dist/build/mp-weixin')
const kept = new Map()
const went = []
let answer = () => undefined
let app = null

const replies = (name, data) => ({ errMsg: `${name}:ok`, ...data })

function request({ method = 'GET', url, data, success, fail, complete }) {
  const reply = answer({ method, path: url.replace(/^.*\/api\/v1/, ''), body: data ? JSON.parse(data) : undefined })
  setTimeout(() => {
    const result = reply ? replies('request', { statusCode: reply.status ?? 200, data: reply.body ?? '', header: {} }) : { errMsg: 'request:fail' }
    if (reply) success?.(result)
    else fail?.(result)
    complete?.(result)
  })
  return { abort: () => undefined }
}

const go = (options) => {
  went.push(options.url)
  options.success?.(replies('go'))
  options.complete?.(replies('go'))
}

const info = { SDKVersion: '3.8.0', platform: 'devtools', language: 'zh_CN', windowWidth: 390, windowHeight: 844, pixelRatio: 2, statusBarHeight: 20, screenHeight: 844, screenWidth: 390, system: 'iOS 17', brand: 'devtools', model: 'iPhone', version: '8.0.50', safeArea: { top: 20, bottom: 820 } }

global.wx = {
  canIUse: () => false,
  env: { USER_DATA_PATH: '/user' },
  getSystemInfoSync: () => info,
  getAppBaseInfo: () => info,
  getWindowInfo: () => info,
  getDeviceInfo: () => info,
  getSystemSetting: () => info,
  getAppAuthorizeSetting: () => info,
  getLaunchOptionsSync: () => ({ path: '', query: {}, scene: 1001 }),
  getEnterOptionsSync: () => ({ path: '', query: {}, scene: 1001 }),
  getAccountInfoSync: () => ({ miniProgram: { appId: 'wx', envVersion: 'develop' } }),
  getStorageSync: (key) => kept.get(key) ?? '',
  setStorageSync: (key, value) => kept.set(key, value),
  removeStorageSync: (key) => kept.delete(key),
  getFileSystemManager: () => ({ accessSync: () => undefined, unlinkSync: () => undefined, copyFileSync: () => undefined }),
  login: ({ success }) => success(replies('login', { code: 'login-code' })),
  request,
  navigateTo: go,
  redirectTo: go,
  reLaunch: go,
  navigateBack: go,
  showModal: ({ success }) => success?.(replies('showModal', { confirm: true })),
  showToast: () => undefined,
  requestSubscribeMessage: ({ complete }) => complete?.(replies('subscribe')),
  onNetworkStatusChange: () => undefined,
  onAppShow: () => undefined,
  onAppHide: () => undefined,
  onError: () => undefined,
  stopPullDownRefresh: () => undefined,
  scanCode: ({ success }) => success(replies('scanCode', { result: 'https://site.example/m/#/pages/join/index?scene=K7M2PX9QRT' })),
  $on: () => undefined,
}
global.App = (options) => {
  app = options
  options.globalData ??= {}
}
global.getApp = () => app
global.getCurrentPages = () => []
global.Page = () => undefined

const simulate = require('miniprogram-simulate')

/** Starts the mini-program anew, as WeChat does before its first page: components register themselves when they are run. */
function start() {
  jest.resetModules()
  require(path.join(built, 'app.js'))
  app.onLaunch?.call(app, { path: '', query: {}, scene: 1001 })
  app.onShow?.call(app, { path: '', query: {}, scene: 1001 })
}

/**
 * The page as its own wxml, wxss and js make it, opened with this query. What a list adds to a component's slot after the
 * first drawing the simulator does not draw, WeChat does: such words are looked for in the page's data.
 */
async function open(page, query = {}) {
  start()
  const id = simulate.load(path.join(built, page), { rootPath: built, compiler: 'simulate' })
  const shown = simulate.render(id)
  const parent = document.createElement('div')
  document.body.append(parent)
  shown.attach(parent)
  const { instance } = shown
  instance.onLoad?.(query)
  instance.onShow?.()
  await settled()
  return { ...shown, dom: shown.dom, instance, data: () => JSON.stringify(instance.data), text: () => parent.textContent.replace(/\s+/g, ' ').trim(), find: (selector) => shown.querySelector(selector), all: (selector) => shown.querySelectorAll(selector), parent }
}

const settled = async (milliseconds = 80) => new Promise((done) => setTimeout(done, milliseconds))

module.exports = {
  open,
  settled,
  kept,
  went,
  answers: (next) => (answer = next),
  forget() {
    kept.clear()
    went.length = 0
  },
}
