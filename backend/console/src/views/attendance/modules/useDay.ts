import { ref, shallowRef } from 'vue'
import type { Somebody } from '../types'

/** Whose day is open in the drawer. */
export function useDay() {
  const person = shallowRef<Somebody | null>(null)
  const day = ref('')
  const open = ref(false)

  function show(who: Somebody, which: string): void {
    person.value = who
    day.value = which
    open.value = true
  }

  return { person, day, open, show }
}
