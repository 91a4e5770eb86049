import { computed, reactive, ref, toValue, type MaybeRefOrGetter } from 'vue'
import { uuid } from '@/api'
import type { Field, Values } from '@/components/form/types'
import { checkAll, checkField, initialValues, isShown, toPayload, type Errors } from '@/components/form/validate'
import { reportError } from './reportError'

export interface FormOptions {
  fields: MaybeRefOrGetter<Field[]>
  initial?: () => Values
  /** Sends it. The key stays the same until the form is reset, so that sending twice creates once. */
  submit: (values: Values, idempotencyKey: string) => Promise<unknown>
  /** What 【刷新】 does after a 412. */
  reload?: (() => void) | undefined
}

/** A form's state: values, errors by field from our rules and the server's, one submit at a time. */
export function useForm(options: FormOptions) {
  const fields = computed(() => toValue(options.fields))
  const values = reactive<Values>({})
  const errors = ref<Errors>({})
  const submitting = ref(false)
  let idempotencyKey = uuid()
  let pristine = ''

  function reset(): void {
    for (const key of Object.keys(values)) Reflect.deleteProperty(values, key)
    Object.assign(values, initialValues(fields.value, options.initial?.() ?? {}))
    errors.value = {}
    idempotencyKey = uuid()
    pristine = JSON.stringify(values)
  }

  const isDirty = () => JSON.stringify(values) !== pristine

  /** On leaving a field: its reason appears, and goes away once it is right. */
  function touch(key: string): void {
    const field = fields.value.find((candidate) => candidate.key === key)
    const reason = field && isShown(field, values) ? checkField(field, values) : undefined
    setError(key, reason)
  }

  function setError(key: string, reason: string | undefined): void {
    const others = Object.entries(errors.value).filter(([name]) => name !== key)
    errors.value = { ...Object.fromEntries(others), ...(reason && { [key]: reason }) }
  }

  async function submit(): Promise<boolean> {
    if (submitting.value) return false
    errors.value = checkAll(fields.value, values)
    if (Object.keys(errors.value).length > 0) return false
    submitting.value = true
    try {
      await options.submit(toPayload(fields.value, values), idempotencyKey)
      return true
    } catch (error) {
      const refusal = reportError(error, { reload: options.reload, showsFields: true })
      errors.value = refusal.fields
      // A refusal ends the attempt. Without an answer it may have been done, so the next try must carry the same key.
      if (!refusal.isUnavailable) idempotencyKey = uuid()
      return false
    } finally {
      submitting.value = false
    }
  }

  reset()
  return { fields, values, errors, submitting, reset, touch, setError, submit, isDirty }
}

export type Form = ReturnType<typeof useForm>
