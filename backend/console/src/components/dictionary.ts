import { reactive } from 'vue'
import { api, type Schema } from '@/api'
import { queryClient } from '@/query'
import type { EnumMap, Option, Tone } from './enum'

type Lists = Schema<'Dictionaries'>
/** The lists of choices; the others are not lists of codes. */
export type DictionaryName = Exclude<keyof Lists, 'ethnic_groups' | 'posts_of_unit_kind'>

const lists = reactive<Partial<Record<DictionaryName, Option[]>>>({})

let asked: Promise<void> | null = null

/**
 * A list of the national standard, as words for tags, filters and selects. It is asked for once, by the first word that is
 * wanted; what is on the screen before it has come shows the code and changes by itself.
 */
export function dictionary(name: DictionaryName, tones: Record<string, Tone> = {}): EnumMap {
  const options = () => (ask(), lists[name] ?? [])
  const label = (value: unknown) => options().find((option) => option.value === value)?.label
  return {
    get options() {
      return options()
    },
    label: (value) => (value === null || value === undefined || value === '' ? '—' : (label(value) ?? String(value))),
    tone: (value) => tones[String(value)] ?? 'info',
  }
}

/** Pages declare their words as their files are loaded, when nobody may have logged in yet, nor ever look at them. */
function ask(): void {
  // The page says by itself that the platform is away; the next word asks again.
  asked ??= load().catch(() => void (asked = null))
}

async function load(): Promise<void> {
  const answer = await queryClient.fetchQuery({
    queryKey: ['dictionaries'],
    queryFn: () => api.get<Lists>('/dictionaries'),
    staleTime: Infinity,
  })
  for (const [name, choices] of Object.entries(answer)) {
    if (!isChoices(choices)) continue
    lists[name as DictionaryName] = choices.map(({ code, name: label }) => ({ value: code, label }))
  }
}

function isChoices(list: unknown): list is { code: string; name: string }[] {
  return Array.isArray(list) && typeof list[0] === 'object'
}
