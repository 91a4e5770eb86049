import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'
import { asApiError } from '@/api'
import { useSession } from '@/session/store'
import { routes } from './routes'

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
})

router.beforeEach(async (to) => {
  if (to.meta.public) return true
  const session = useSession()
  try {
    await session.load()
  } catch (error) {
    // Only "nobody is logged in" leads to the login page; a platform that is away says so on the page itself.
    if (asApiError(error).status === 401) return loginFor(to)
    return true
  }
  if (session.mustChangePassword && to.name !== 'first-password') return { name: 'first-password' }
  const allowed = session.can(to.meta.permission) && session.hasRole(to.meta.roles)
  return allowed ? true : { name: 'forbidden', replace: true }
})

router.afterEach((to) => {
  document.title = to.meta.title ? `${to.meta.title} · Mingce 名册` : 'Mingce 名册'
})

// After an upgrade the old page asks for files that are gone: the new ones are at the same address.
router.onError((error, to) => {
  if (/dynamically imported module|module script/i.test(String(error))) window.location.assign(to.fullPath)
})

export function loginFor(from: Pick<RouteLocationNormalized, 'fullPath'>) {
  return { name: 'login', query: from.fullPath === '/' ? {} : { next: from.fullPath } }
}

/** Only a path of our own: `next` comes from the address bar. */
export function safeNext(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/') || next.startsWith('//') || next.includes('\\')) return '/'
  return next.startsWith('/login') ? '/' : next
}
