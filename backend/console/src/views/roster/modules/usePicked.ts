import { computed, ref } from 'vue'
import { api, type Page, type Schema } from '@/api'

type PersonRow = Schema<'PersonRow'>

/** Somebody who is to enter: by id, or by ID number and name where the person is another project's. */
export interface Picked {
  key: string
  name: string
  idNumber: string
  /** 男 38 岁 */
  facts: string
  /** Where somebody is already. */
  elsewhere: string
  person: { person_id: string } | { id_number: string; name: string }
  /** Their name has to be typed: a number alone could be a slip of the hand, and tells nobody who that is. */
  stranger?: boolean
}

const SHOWN = 50

/** The people to choose from: those this project knows who are on no site, by name; anybody by their ID number. */
export function usePicked(projectId: () => string) {
  const found = ref<Picked[]>([])
  const picked = ref<Picked[]>([])
  const busy = ref(false)
  const problem = ref('')
  const more = ref(false)
  let asked = 0

  async function search(typed: string): Promise<void> {
    const mine = ++asked
    const text = typed.normalize('NFKC').replace(/\s/g, '').toUpperCase()
    problem.value = ''
    busy.value = true
    try {
      const answer = /^\d{6,17}[\dX]?$/.test(text) ? await byIdNumber(text) : await byName(typed.trim())
      if (mine !== asked) return
      found.value = answer
    } catch (error) {
      if (mine === asked) found.value = []
      throw error
    } finally {
      if (mine === asked) busy.value = false
    }
  }

  async function byName(name: string): Promise<Picked[]> {
    // Without a name those who are free; by name also those on other sites, who may come here as well.
    const page = await api.post<Page<PersonRow>>('/people/search', name ? { name } : { on_site: false }, { query: { page_size: SHOWN }, idempotencyKey: '' })
    more.value = page.total > page.items.length
    const here = (row: PersonRow) => row.on_site.some((place) => place.project_id === projectId())
    return page.items.filter((row) => !here(row)).map(ofRow)
  }

  async function byIdNumber(number: string): Promise<Picked[]> {
    more.value = false
    if (number.length !== 18) {
      problem.value = '请输入完整的 18 位身份证号码'
      return []
    }
    const answer = await api.post<Schema<'LookupAnswer'>>('/people/lookup', { id_number: number }, { idempotencyKey: '' })
    if (answer.too_young) problem.value = `该人员 ${answer.age} 周岁，未满 16 周岁不得进场`
    else if (!answer.known) problem.value = '该身份证号的人员尚未采集登记，请先在【人员库】登记，或用【批量人员进场】'
    if (problem.value) return []
    const { person_id: id, name, sex, age } = answer
    const masked = `${number.slice(0, 3)}***********${number.slice(-4)}`
    const one = pickedOf({ id: id ?? number, name: name ?? '', id_number: masked, sex, age }, answer.on_site ? '已在其他项目在场' : '')
    return [id ? one : { ...one, person: { id_number: number, name: '' }, stranger: true }]
  }

  function toggle(one: Picked): void {
    const without = picked.value.filter((other) => other.key !== one.key)
    picked.value = without.length < picked.value.length ? without : [...picked.value, one]
  }

  /** A stranger, once their name has been typed. */
  function name(one: Picked, typed: string): void {
    if (!('id_number' in one.person) || typed.trim() === '') return
    const known = { ...one, name: typed.trim(), person: { ...one.person, name: typed.trim() }, stranger: false }
    found.value = found.value.map((other) => (other.key === one.key ? known : other))
    toggle(known)
  }

  const isPicked = computed(() => new Set(picked.value.map((one) => one.key)))

  function reset(chosen: readonly Picked[] = []): void {
    found.value = []
    picked.value = [...chosen]
    problem.value = ''
  }

  return { found, picked, busy, problem, more, isPicked, search, toggle, name, reset }
}

type Known = Pick<PersonRow, 'id' | 'name' | 'id_number' | 'sex' | 'age'>

/** Somebody of whom the project knows who they are. */
export function pickedOf(row: Known, elsewhere = ''): Picked {
  const facts = `${row.sex === 'male' ? '男' : '女'} ${row.age} 岁`
  return { key: row.id, name: row.name, idNumber: row.id_number, facts, elsewhere, person: { person_id: row.id } }
}

function ofRow(row: PersonRow): Picked {
  return pickedOf(row, row.on_site.length > 0 ? (row.on_site[0]?.project_name ?? '已在其他项目在场') : '')
}
