import { pageIn } from '@/join/scene'
import { platform } from '@/platform'

/** The phone's scanner, and the page that the code asks for. */
export function useScan() {
  async function scanAndGo(): Promise<void> {
    if (!platform.canScan) {
      uni.showModal({ title: '扫二维码', content: '请用微信右上角“＋”里的“扫一扫”，扫工地上的二维码。', showCancel: false, confirmText: '知道了' })
      return
    }
    const scanned = await platform.scan()
    if (scanned === null) return
    const page = pageIn(scanned)
    if (page) uni.navigateTo({ url: page })
    else uni.showModal({ title: '不是工地的码', content: '请扫工地门口的登记二维码。', showCancel: false, confirmText: '知道了' })
  }

  return { scanAndGo }
}
