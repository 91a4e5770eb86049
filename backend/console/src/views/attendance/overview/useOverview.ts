import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api } from '@/api'
import { today } from '@/components/format'
import { useProject } from '@/composables/useProject'
import type { Overview, Step } from '../types'
import { initialRange } from './periods'

const STEPS: readonly Step[] = ['day', 'week', 'month']

/** Which step, which days, and which of its periods is looked at in detail. */
export function useOverview() {
  const route = useRoute()
  const router = useRouter()
  const { projectId } = useProject()
  const step = computed<Step>(() => STEPS.find((known) => known === route.query['by']) ?? 'day')
  const range = ref(initialRange(step.value, today()))
  const chosen = ref<number | null>(null)

  const query = useQuery({
    queryKey: computed(() => ['attendance-overview', projectId.value, step.value, ...range.value]),
    queryFn: ({ signal }) =>
      api.get<Overview>(
        `/projects/${projectId.value}/attendance/overview`,
        { by: step.value, from: range.value[0], to: range.value[1] },
        signal,
      ),
    enabled: () => projectId.value !== '',
    placeholderData: keepPreviousData,
  })
  const periods = computed(() => query.data.value?.periods ?? [])
  /** The last one, until somebody points at another. */
  const at = computed(() => Math.min(chosen.value ?? periods.value.length - 1, periods.value.length - 1))

  watch(step, (next) => (range.value = initialRange(next, today())))
  watch([step, range], () => (chosen.value = null))

  function turnTo(next: Step): void {
    void router.replace({ query: next === 'day' ? {} : { by: next } })
  }

  return {
    projectId, step, range, turnTo, query, periods,
    stopped: computed(() => query.data.value?.stopped === true),
    at,
    period: computed(() => periods.value[at.value]),
    choose: (which: number) => (chosen.value = which),
  }
}
