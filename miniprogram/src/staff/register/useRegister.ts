import { computed, ref } from 'vue'
import { api, uuid, type Schema } from '@/api'
import { useLoad } from '@/composables/useLoad'
import { saidAndBack } from '@/composables/saidAndBack'
import type { CardField, CardValues, Side } from '@/join/draft'
import { fillFrom, isPending, sidesOf, WITHOUT_END, type Filled, type Mark } from '@/join/reading'
import { bankCardProblem, cardProblems, fenOf, idNumberProblem, isMobile, today } from '@/join/validate'
import { CARD_WORDS } from '@/join/words'
import { useDictionaries } from '@/stores/dictionaries'
import { lookAtCard, lookAtFace, useCapture } from '../logic/capture'
import { filled, problemsOf, type FormField } from '../logic/form'
import { crewsOf, type Crew } from '../logic/roster'
import { termFields } from '../logic/terms'
import { useProject } from '../logic/useProject'
import { useSend } from '../logic/useSend'

const EMPTY: CardValues = { name: '', id_number: '', ethnic: '汉族', address: '', id_authority: '', id_valid_from: '', id_valid_until: '' }

/** The form of one person: read from the card, looked up by the number, entered into a crew. */
export function useRegister() {
  const dictionaries = useDictionaries()
  const { id: projectId, path, ready } = useProject()
  const kind = ref<'worker' | 'manager'>('worker')
  const card = ref<CardValues>({ ...EMPTY })
  const marks = ref<Filled['marks']>({})
  const temporary = ref(false)
  const editing = ref<CardField | null>(null)
  const values = ref<Record<string, string>>({ entered_on: today() })
  const warnings = ref<string[]>([])
  const found = ref<Schema<'LookupAnswer'> | null>(null)
  const front = useCapture('back', lookAtCard)
  const back = useCapture('back', lookAtCard)
  const face = useCapture('front', lookAtFace)
  const { busy: sending, problem: refusal, problems, send: sendOnce } = useSend()
  /** One key each: a form that is sent again after a lost answer makes nobody twice. */
  const keys = { person: uuid(), entry: uuid() }
  let wantedCrew = ''

  const { data: crews, problem, busy, load } = useLoad(async () => {
    await Promise.all([ready(), dictionaries.load()])
    const all = await crewsOf(path.value)
    const wanted = all.find((crew) => crew.id === wantedCrew)
    if (wanted) {
      kind.value = wanted.kind === 'management' ? 'manager' : 'worker'
      enter(wanted)
      wantedCrew = ''
    }
    return all
  })
  const offered = computed(() => (crews.value ?? []).filter((crew) => (crew.kind === 'management') === (kind.value === 'manager')))
  const crew = computed(() => offered.value.find((one) => one.id === values.value['crew_id']))

  const fields = computed<FormField[]>(() => [
    { key: 'crew_id', label: '班组', kind: 'pick', need: true, choices: offered.value.map((one) => ({ code: one.id, name: one.name, note: one.company_name })) },
    ...termFields(crew.value, dictionaries.tables, values.value),
    { key: 'phone', label: '手机号', kind: 'number', maxlength: 11, placeholder: '11 位手机号', check: (value) => (isMobile(value) ? null : '手机号有误') },
    { key: 'card_number', label: '考勤卡号', kind: 'text', maxlength: 32, placeholder: '没有就空着' },
    { key: 'bank_card', label: '工资卡号', kind: 'number', maxlength: 19, placeholder: '以后再填也可以', check: bankCardProblem },
    ...(values.value['bank_card'] ? ([{ key: 'bank_name', label: '开户行', kind: 'text', need: true, maxlength: 60 }] satisfies FormField[]) : []),
    { key: 'entered_on', label: '进场日期', kind: 'date', need: true },
  ])

  const known = computed(() => {
    const person = found.value
    if (!person?.known) return ''
    return person.on_site ? `${person.name ?? ''}在平台上，现在在别的工地` : `${person.name ?? ''}在平台上，登记过`
  })

  function enter(next: Crew): void {
    values.value = { ...values.value, crew_id: next.id, work_type: next.work_type ?? '', post: '' }
  }

  function change(key: string, value: string): void {
    values.value = { ...values.value, [key]: value }
    Reflect.deleteProperty(problems.value, key)
    const next = key === 'crew_id' ? offered.value.find((one) => one.id === value) : undefined
    if (next) enter(next)
  }

  function setKind(next: string): void {
    kind.value = next as 'worker'
    values.value = { ...values.value, crew_id: '', work_type: '', post: '' }
  }

  async function takeCard(side: Side, from: 'camera' | 'album'): Promise<void> {
    const shot = side === 'front' ? front : back
    const taken = await shot.take(from)
    if (!taken?.reading) return
    if (!sidesOf(taken.reading).includes(side)) {
      shot.problem.value = side === 'front' ? '这是国徽面' : '这是人像面'
      return shot.clear()
    }
    const next = fillFrom(taken.reading, { card: card.value, marks: marks.value }, dictionaries.tables?.ethnic_groups ?? [])
    card.value = next.card
    marks.value = next.marks
    temporary.value ||= taken.reading.temporary
    await lookUp()
  }

  async function lookUp(): Promise<void> {
    const number = card.value.id_number.trim().toUpperCase()
    found.value = null
    if (idNumberProblem(number)) return
    found.value = await api.post<Schema<'LookupAnswer'>>('/people/lookup', { id_number: number }, { key: '' }).catch(() => null)
  }

  function setCard(value: string): void {
    const field = editing.value
    editing.value = null
    if (!field) return
    card.value = { ...card.value, [field]: value }
    const mark: Mark | undefined = marks.value[field]
    if (mark) mark.confirmed = true
    Reflect.deleteProperty(problems.value, field)
    if (field === 'id_number') void lookUp()
  }

  const isMarked = (field: CardField) => isPending(marks.value[field], card.value[field])

  async function personId(): Promise<string> {
    const fileIds = {
      id_front_file_id: front.answer.value?.fileId ?? null,
      id_back_file_id: back.answer.value?.fileId ?? null,
      portrait_file_id: front.answer.value?.reading?.portrait?.id ?? null,
      photo_file_id: face.answer.value?.fileId ?? null,
    }
    const person = found.value
    if (person?.known && person.person_id) {
      const given = Object.fromEntries(Object.entries(fileIds).filter(([, id]) => id))
      // Those who may not edit somebody of another company still enter them; the pictures then wait.
      if (Object.keys(given).length > 0) await keepPictures(person.person_id, given).catch(() => undefined)
      return person.person_id
    }
    const { id_valid_until, ...rest } = card.value
    const made = await api.post<Schema<'PersonDetail'>>('/people', {
      ...filled({ ...rest, id_number: rest.id_number.toUpperCase(), phone: values.value['phone'] ?? '' }),
      id_valid_until: id_valid_until && id_valid_until !== WITHOUT_END ? id_valid_until : null,
      ...fileIds,
      project_id: projectId.value,
    }, { key: keys.person })
    return made.id
  }

  async function keepPictures(id: string, files: Record<string, string | null>): Promise<void> {
    const person = await api.get<Schema<'PersonDetail'>>(`/people/${id}`)
    await api.patch(`/people/${id}`, files, { revision: person.revision })
  }

  async function send(confirmed = false): Promise<'sent' | 'confirm' | 'refused'> {
    const wrong: Record<string, string> = Object.assign(problemsOf(fields.value, values.value), cardProblems(card.value, today()))
    const open = (Object.keys(marks.value) as CardField[]).find(isMarked)
    if (open) wrong[open] = `请对照证件看一看${CARD_WORDS[open]}`
    problems.value = wrong
    const first = Object.values(wrong)[0]
    if (first) {
      refusal.value = first
      return 'refused'
    }
    let asks = false
    const sent = await sendOnce(async () => {
      const { price, crew_id, entered_on, ...own } = values.value
      const person = { ...filled(own), unit_price_fen: price ? fenOf(price) : null, person_id: await personId() }
      // Confirming is another intention than asking.
      const answer = await api.post<Schema<'EntryAnswer'>>(`${path.value}/entries`, { crew_id, entered_on, people: [person], confirm_warnings: confirmed }, { key: confirmed ? `${keys.entry}-confirmed` : keys.entry })
      if (answer.refused[0]) refusal.value = answer.refused[0].reason
      warnings.value = answer.needs_confirmation.flatMap((one) => one.warnings.map((warning) => warning.message))
      asks = answer.needs_confirmation.length > 0
      if (answer.entered.length > 0) saidAndBack('已登记进场')
    })
    if (!sent || refusal.value) {
      keys.entry = uuid()
      return 'refused'
    }
    return asks ? 'confirm' : 'sent'
  }

  const newCrew = () => uni.navigateTo({ url: '/staff/crews/new' })
  const newUnit = () => uni.navigateTo({ url: '/staff/crews/unit' })
  const choose = (crewId: string) => (wantedCrew = crewId)

  return {
    crews, problem, busy, load, kind, values, fields, problems, refusal, sending, card, marks, temporary, editing, front, back, face, known, warnings,
    change, setKind, takeCard, setCard, isMarked, send, newCrew, newUnit, choose,
  }
}
