import { reactive, ref } from 'vue'
import { asApiError } from '@/api'
import { sendForm, uploadFile } from '@/composables/upload'
import type { Form } from '@/composables/useForm'
import { useUploadLimit } from '@/composables/useUploadLimit'
import { FILE_OF, fillFrom, fitsMask, isPending, numberOn, sideOf, type CardReading, type CardSide, type Mark } from './card'
import { useVision } from './useVision'

interface SideState {
  busy: boolean
  /** Why the last picture was not taken. */
  problem: string
  /** The picture that was not taken; it can be kept unread. */
  refused: File | null
  /** What the reader has to say about the one that was. */
  warnings: string[]
}

interface Context {
  ethnicGroups: () => string[]
  /** Of somebody known: a card with another number is somebody else's. */
  maskedNumber: () => string | undefined
}

const blank = (): SideState => ({ busy: false, problem: '', refused: null, warnings: [] })

/** Photographed ID cards fill a form. What was not read for sure is marked until somebody has compared it. */
export function useCardReading({ ethnicGroups, maskedNumber }: Context) {
  const { available } = useVision()
  const limit = useUploadLimit()
  const sides = reactive<Record<CardSide, SideState>>({ front: blank(), back: blank() })
  const marks = ref<Record<string, Mark>>({})

  function reset(): void {
    Object.assign(sides.front, blank())
    Object.assign(sides.back, blank())
    marks.value = {}
  }

  /** Both sides may be dropped at once, on whichever place. */
  async function take(files: Iterable<File>, side: CardSide, form: Form): Promise<void> {
    const chosen = [...files].slice(0, 2)
    for (const file of chosen) await takeOne(file, side, form, chosen.length === 1)
  }

  async function takeOne(file: File, side: CardSide, form: Form, alone: boolean): Promise<void> {
    Object.assign(sides[side], { ...blank(), busy: true })
    try {
      if (limit.isTooLarge(file)) sides[side].problem = `${file.name} 超过 ${limit.words.value}`
      else if (available.value) fill(await readCard(file), side, form, alone)
      else form.values[FILE_OF[side]] = await uploadFile(file, 'photo')
    } catch (error) {
      const { fields, message } = asApiError(error)
      Object.assign(sides[side], { problem: fields['file'] ?? message, refused: file })
    } finally {
      sides[side].busy = false
    }
  }

  /** Keeps the picture as it is; what stands on it is typed. */
  async function keepUnread(side: CardSide, form: Form): Promise<void> {
    const file = sides[side].refused
    if (!file) return
    Object.assign(sides[side], { ...blank(), busy: true })
    try {
      form.values[FILE_OF[side]] = await uploadFile(file, 'photo')
    } catch (error) {
      const { fields, message } = asApiError(error)
      Object.assign(sides[side], { problem: fields['file'] ?? message, refused: file })
    } finally {
      sides[side].busy = false
    }
  }

  function fill(reading: CardReading, droppedOn: CardSide, form: Form, alone: boolean): void {
    const masked = maskedNumber()
    const number = numberOn(reading)
    if (masked && number && !fitsMask(number, masked)) {
      sides[droppedOn].problem = '照片上的身份证号码与本档案不一致，没有使用。号码登记有误时，请由监管部门更正。'
      return
    }
    const side = sideOf(reading)
    const known = new Set(form.fields.value.map((field) => field.key))
    const filled = fillFrom(reading, known, ethnicGroups())
    // What could not be read leaves what stands there, which is to be compared all the same.
    for (const [key, mark] of Object.entries(filled.marks)) mark.value ||= String(form.values[key] ?? '')
    Object.assign(form.values, filled.values, { [FILE_OF[side]]: reading.picture })
    if (reading.portrait) form.values['portrait_file_id'] = reading.portrait
    const read = new Set([...Object.keys(filled.values), ...Object.keys(filled.marks), FILE_OF[side]])
    for (const key of read) form.setError(key, undefined)
    const others = Object.entries(marks.value).filter(([key]) => !read.has(key))
    marks.value = { ...Object.fromEntries(others), ...filled.marks }
    sides[side].problem = ''
    sides[side].warnings = reading.warnings.map((warning) => warning.message)
    // Of two that came together nobody said which is which.
    if (alone && side !== droppedOn) sides[side].warnings.unshift(side === 'back' ? '这是国徽面，已放在这里。' : '这是人像面，已放在这里。')
    if (reading.side === 'both') sides[side].warnings.unshift('两面都在这张照片上，已一并识别。')
  }

  /** The picture goes; what was read from it stays, as typed. */
  function remove(side: CardSide, form: Form): void {
    form.values[FILE_OF[side]] = undefined
    if (side === 'front') form.values['portrait_file_id'] = undefined
    Object.assign(sides[side], blank())
  }

  function settle(key: string, form: Form, value?: string): void {
    const mark = marks.value[key]
    if (!mark) return
    if (value !== undefined) form.values[key] = value
    marks.value = { ...marks.value, [key]: { ...mark, confirmed: true } }
    form.touch(key)
  }

  const isMarked = (key: string, value: unknown) => isPending(marks.value[key], value)

  return { available, sides, marks, reset, take, keepUnread, remove, settle, isMarked }
}

export type CardReader = ReturnType<typeof useCardReading>

export function readCard(file: File): Promise<CardReading> {
  const form = new FormData()
  form.set('file', file)
  return sendForm<CardReading>('/vision/id-card', form)
}
