import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api, type Schema } from '@/api'
import { setCsrfToken } from '@/api/client'
import type { Role } from './roles'

export type Session = Schema<'SessionView'>
export interface ProjectRef {
  id: string
  name: string
}

const CHOSEN_PROJECT = 'mingce.project'

/** Who is logged in, what they may do, and which project they are looking at. */
export const useSession = defineStore('session', () => {
  const session = ref<Session | null>(null)
  const project = ref<ProjectRef | null>(null)
  let loading: Promise<void> | null = null

  const account = computed(() => session.value?.account ?? null)
  const grants = computed(() => session.value?.grants ?? [])
  const roles = computed(() => new Set(grants.value.map((grant) => grant.role as Role)))
  const mustChangePassword = computed(() => session.value?.must_change_password ?? false)
  const hasProjects = computed(() => (session.value?.projects.length ?? 0) > 0)
  const permissions = computed(() => new Set<string>(session.value?.permissions ?? []))

  function can(permission?: string): boolean {
    return permission === undefined || permissions.value.has(permission)
  }

  function hasRole(wanted?: readonly Role[]): boolean {
    return wanted === undefined || wanted.some((role) => roles.value.has(role))
  }

  function accept(next: Session): void {
    session.value = next
    setCsrfToken(next.csrf_token)
    project.value = initialProject(next)
  }

  function forget(): void {
    session.value = null
    project.value = null
    loading = null
    setCsrfToken('')
  }

  /** Asks once; a 401 simply means that nobody is logged in. */
  async function load(): Promise<void> {
    if (session.value) return
    loading ??= api.get<Session>('/session').then(accept)
    try {
      await loading
    } finally {
      loading = null
    }
  }

  async function refresh(): Promise<void> {
    const kept = project.value
    accept(await api.get<Session>('/session'))
    if (kept) project.value = kept
  }

  async function logout(): Promise<void> {
    await api.delete('/session')
    forget()
  }

  function chooseProject(next: ProjectRef): void {
    project.value = next
    localStorage.setItem(CHOSEN_PROJECT, JSON.stringify({ account: account.value?.id, project: next }))
  }

  return {
    session, account, grants, roles, project, mustChangePassword, hasProjects,
    can, hasRole, accept, forget, load, refresh, logout, chooseProject,
  }
})

/** This browser's last choice, if it was made by the same account, else the newest. */
function initialProject(session: Session): ProjectRef | null {
  return lastChoice(session.account.id) ?? session.projects[0] ?? null
}

function lastChoice(accountId: string): ProjectRef | null {
  try {
    const stored = JSON.parse(localStorage.getItem(CHOSEN_PROJECT) ?? 'null') as
      | { account: string; project: ProjectRef }
      | null
    return stored?.account === accountId ? stored.project : null
  } catch {
    return null
  }
}
