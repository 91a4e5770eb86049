import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, type Schema } from '@/api'
import { useSession } from '@/session/store'

/** Whom somebody works for, as far as a row tells. */
interface Work {
  companyId?: string | undefined
  unitNames?: readonly (string | null | undefined)[] | undefined
}

/**
 * Why an account is not shown somebody's numbers in full; nothing where it is. A company sees whom it employs, and those
 * who are or were in its own units. Rows of lists do not say who once was: that is left to the person's page.
 */
export function useRefusal(words = '该人员在其他参建单位，不能查看完整信息；曾在本企业的，请到人员详情中查看') {
  const { grants } = useSession()
  const companies = grants.filter((grant) => grant.role === 'company')
  const seesAll = companies.length < grants.length
  const ids = new Set(companies.map((grant) => grant.scope_id))
  const names = new Set(companies.map((grant) => grant.scope_name))
  return ({ companyId, unitNames = [] }: Work): string | undefined =>
    seesAll || ids.has(companyId) || unitNames.some((name) => names.has(name)) ? undefined : words
}

/** The same of one person, whose history knows who once was in a unit of the company. */
export function usePersonRefusal(person: () => Schema<'PersonDetail'> | undefined) {
  const refusalOf = useRefusal('该人员属于其他参建单位，您的企业不能查看其完整信息')
  const now = computed(() => {
    const of = person()
    if (!of?.unmask_needs_reason) return undefined
    return refusalOf({ companyId: of.company?.id, unitNames: of.on_site.map((place) => place.unit_name) })
  })
  const history = useQuery({
    queryKey: ['person', () => person()?.id, 'history'],
    queryFn: ({ signal }) => api.get<Schema<'History'>>(`/people/${person()?.id}/history`, undefined, signal),
    enabled: () => now.value !== undefined,
  })
  return computed(() => {
    if (now.value === undefined || history.isError.value) return undefined
    return refusalOf({ unitNames: history.data.value?.sites.map((site) => site.unit_name) })
  })
}
