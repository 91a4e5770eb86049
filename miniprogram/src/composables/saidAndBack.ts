const SEEN = 700

/** Said for a moment, and back to where one came from, unless somebody has gone on by themselves. */
export function saidAndBack(title: string, home = '/staff/home/index', icon: 'success' | 'none' = 'success'): void {
  uni.showToast({ title, icon, duration: icon === 'none' ? 2_500 : 1_500 })
  const said = pageInFront()
  setTimeout(() => {
    if (pageInFront() === said) uni.navigateBack({ fail: () => void uni.redirectTo({ url: home }) })
  }, SEEN)
}

function pageInFront(): string {
  const pages = getCurrentPages()
  const last = pages[pages.length - 1] as { $page?: { fullPath?: string } ; route?: string } | undefined
  return `${pages.length} ${last?.$page?.fullPath ?? last?.route ?? ''}`
}
