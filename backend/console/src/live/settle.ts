import { onBeforeUnmount } from 'vue'

/** Calls that come in crowds become one at once and one more after a pause: a shift begins, hundreds punch, one read will do. */
export function useSettled(run: () => void, pauseMs = 1_500): () => void {
  let timer = 0
  let again = false

  function call(): void {
    if (timer !== 0) {
      again = true
      return
    }
    run()
    timer = window.setTimeout(() => {
      timer = 0
      if (!again) return
      again = false
      call()
    }, pauseMs)
  }

  onBeforeUnmount(() => window.clearTimeout(timer))
  return call
}
