import { onLoad } from '@dcloudio/uni-app'
import { ref } from 'vue'
import { asApiError } from '@/api'
import { isWithReviewer, pageOf, stepAfter, type Step } from '@/join/steps'
import { useJoin } from '@/stores/join'

/** A page takes the place of the one before: going back leads out of the form, not through it. */
export function goTo(step: Step): void {
  const join = useJoin()
  uni.redirectTo({ url: `${pageOf(step)}?code=${join.draft?.code ?? ''}` })
}

export function goToDone(): void {
  uni.redirectTo({ url: `/pages/join/done?code=${useJoin().draft?.code ?? ''}` })
}

/** What every screen of the registration does when it is opened, also out of nothing: the app may have been killed. */
export function useStep(step: Step, ready: () => void = () => undefined) {
  const join = useJoin()
  const problem = ref('')

  onLoad(async (query) => {
    const code = query?.['code'] || join.last()
    if (!code) return void uni.reLaunch({ url: '/pages/me/index' })
    try {
      if (join.draft?.code !== code || !join.info) await join.open(code)
      if (join.draft && isWithReviewer(join.draft)) return goToDone()
      ready()
    } catch (cause) {
      problem.value = asApiError(cause).sentence
    }
  })

  const goOn = () => {
    if (join.draft) goTo(stepAfter(join.draft, step))
  }

  return { join, problem, goOn }
}
