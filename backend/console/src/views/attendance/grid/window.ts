import { computed, onBeforeUnmount, ref, watch, type Ref } from 'vue'

/** Rows drawn beyond the edges, so that a quick flick of the wheel does not show blanks. */
const MARGIN = 8

/** First and last row to draw of `count`, when the view starts at `top` and is `height` tall. */
export function rowsInSight(top: number, height: number, rowHeight: number, count: number, margin = MARGIN): [first: number, last: number] {
  const first = Math.max(0, Math.floor(top / rowHeight) - margin)
  const last = Math.min(count - 1, Math.ceil((top + height) / rowHeight) + margin)
  return [Math.min(first, Math.max(0, count - 1)), last]
}

/** Of thousands of rows only those in sight are drawn. All rows have the same height. */
export function useRowWindow(scroller: Readonly<Ref<HTMLElement | undefined>>, rowHeight: number, count: Readonly<Ref<number>>) {
  const top = ref(0)
  const height = ref(600)
  const watcher = new ResizeObserver(([entry]) => entry && (height.value = entry.contentRect.height))
  const onScroll = () => (top.value = scroller.value?.scrollTop ?? 0)

  watch(scroller, (now, before) => {
    if (before) watcher.unobserve(before)
    before?.removeEventListener('scroll', onScroll)
    if (now) watcher.observe(now)
    now?.addEventListener('scroll', onScroll, { passive: true })
  }, { immediate: true, flush: 'post' })
  onBeforeUnmount(() => (watcher.disconnect(), scroller.value?.removeEventListener('scroll', onScroll)))

  const range = computed(() => rowsInSight(top.value, height.value, rowHeight, count.value))

  /** Brings a row into sight below the sticky header. */
  function reveal(row: number, header: number): void {
    const element = scroller.value
    if (!element) return
    const from = row * rowHeight
    if (from < element.scrollTop) element.scrollTop = from
    else if (from + rowHeight > element.scrollTop + height.value - header) element.scrollTop = from + rowHeight - height.value + header
  }

  return { range, reveal }
}
