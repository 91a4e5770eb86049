import { ref } from 'vue'
import { asApiError } from '@/api'
import { numberOn, type CardReading, type Mark } from '@/components/vision/card'
import { readCard } from '@/components/vision/useCardReading'
import { useVision } from '@/components/vision/useVision'
import { useUploadLimit } from '@/composables/useUploadLimit'

export interface Read {
  number: string
  name: string
}

/** A photographed ID card says whom to look for; the picture itself is not used. */
export function useCardLookup() {
  const { available } = useVision()
  const limit = useUploadLimit()
  const busy = ref(false)
  const problem = ref('')
  const mark = ref<Mark>()
  const nameMark = ref<Mark>()

  async function read(file: File): Promise<Read | undefined> {
    if (busy.value) return undefined
    forget()
    if (limit.isTooLarge(file)) return refuse(`${file.name} 超过 ${limit.words.value}`)
    busy.value = true
    try {
      return understand(await readCard(file))
    } catch (error) {
      const { fields, message } = asApiError(error)
      return refuse(fields['file'] ?? message)
    } finally {
      busy.value = false
    }
  }

  function understand(reading: CardReading): Read | undefined {
    const number = numberOn(reading)
    if (!number) return refuse(reading.side === 'back' ? '这是国徽面，请选择有身份证号码的人像面' : '没有识别出身份证号码，请手动输入')
    mark.value = markOf(reading, 'id_number')
    nameMark.value = markOf(reading, 'name')
    return { number, name: reading.fields.find((field) => field.name === 'name')?.value ?? '' }
  }

  function markOf(reading: CardReading, name: 'id_number' | 'name'): Mark | undefined {
    const field = reading.fields.find((one) => one.name === name)
    if (!field || field.sure) return undefined
    return { value: field.value, cut: field.cut ?? null, options: field.lookalikes.filter((other) => other !== field.value), confirmed: false }
  }

  function confirm(which: 'number' | 'name'): void {
    const of = which === 'number' ? mark : nameMark
    if (of.value) of.value = { ...of.value, confirmed: true }
  }

  function refuse(reason: string): undefined {
    problem.value = reason
    return undefined
  }

  function forget(): void {
    problem.value = ''
    mark.value = undefined
    nameMark.value = undefined
  }

  return { available, busy, problem, mark, nameMark, read, confirm }
}
