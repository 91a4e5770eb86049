import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, type Schema } from '@/api'
import { dictionary } from '@/components/dictionary'
import type { Option } from '@/components/enum'

/**
 * The national standard's lists that are not plain lists of codes; those come from `dictionary('work_types')`.
 * Both read one answer, asked for once.
 */
export function useDictionaries() {
  const query = useQuery({
    queryKey: ['dictionaries'],
    queryFn: () => api.get<Schema<'Dictionaries'>>('/dictionaries'),
    staleTime: Infinity,
  })
  const posts = dictionary('posts')

  /** The posts that a unit of this kind has. */
  function postsOf(unitKind: string): Option[] {
    const codes = query.data.value?.posts_of_unit_kind[unitKind] ?? []
    return codes.map((code) => ({ value: code, label: posts.label(code) }))
  }

  const ethnicGroups = computed<Option[]>(() =>
    (query.data.value?.ethnic_groups ?? []).map((name) => ({ value: name, label: name })),
  )

  return { dictionary, postsOf, ethnicGroups }
}
