import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { MENU } from '@/menu'
import { useSession } from '@/session/store'

/** The menu of whoever is logged in: their roles, their permissions, and only pages that exist. */
export function useMenu() {
  const session = useSession()
  const router = useRouter()
  const route = useRoute()

  const groups = computed(() =>
    MENU.map((group) => ({
      title: group.title,
      entries: group.entries.filter(
        (entry) => session.hasRole(entry.roles) && session.can(entry.permission) && exists(entry.path),
      ),
    })).filter((group) => group.entries.length > 0),
  )

  /** The entry with the longest path that the address starts with: details belong to their list. */
  const current = computed(() => {
    const candidates = groups.value.flatMap((group) => group.entries)
    const matching = candidates.filter(({ path }) => route.path === path || route.path.startsWith(`${path}/`))
    return matching.sort((a, b) => b.path.length - a.path.length)[0]?.path
  })

  function exists(path: string): boolean {
    return router.resolve(path).name !== 'missing'
  }

  return { groups, current }
}
