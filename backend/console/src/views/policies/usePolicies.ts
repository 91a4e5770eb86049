import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, ref, watch } from 'vue'
import { api, type Schema } from '@/api'
import { NATION } from '@/composables/useRegions'
import { useSession } from '@/session/store'

/** `revision` is that of what the region itself says, 0 while it says nothing. */
export type Rule = Schema<'RuleView'> & { revision: number }

/** The rules of a region within one's reach, and where each of them comes from. */
export function usePolicies() {
  const session = useSession()
  const client = useQueryClient()

  const roots = computed(() => {
    const regions = session.grants.flatMap((grant) => {
      if (grant.scope_kind === 'nation') return [NATION]
      return grant.scope_kind === 'region' && grant.scope_id ? [grant.scope_id] : []
    })
    return [...new Set(regions)]
  })
  const region = ref(roots.value[0] ?? NATION)
  watch(roots, (now) => (region.value = now[0] ?? NATION))

  const query = useQuery({
    queryKey: ['policies', region],
    queryFn: ({ signal }) => api.get<Rule[]>('/policies', { region: region.value }, signal),
  })
  const rules = computed(() => query.data.value ?? [])

  const path = (rule: Rule) => `/policies/${region.value}/${rule.key}`
  const reload = () => client.invalidateQueries({ queryKey: ['policies'] })

  /** `rule` as whoever decides has seen it: of two who change it at once, the second is told. */
  async function save(rule: Rule, value: unknown): Promise<void> {
    await api.put(path(rule), { value }, { revision: rule.revision })
    await reload()
  }

  async function inherit(rule: Rule): Promise<void> {
    await api.delete(path(rule), { revision: rule.revision })
    await reload()
  }

  return { roots, region, query, rules, save, inherit, reload }
}
