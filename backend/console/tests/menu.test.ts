import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Session } from '@/session/store'
import { useSession } from '@/session/store'
import { useMenu } from '@/layouts/modules/useMenu'

// Only what has a page is in the menu; here everything has one but the roster.
vi.mock('vue-router', () => ({
  useRoute: () => ({ path: '/projects/7/units' }),
  useRouter: () => ({ resolve: (path: string) => ({ name: path === '/roster' ? 'missing' : undefined }) }),
}))

function logIn(role: string, permissions: string[]) {
  const session = {
    account: { id: '1', login: 'x', kind: role, name: '' },
    csrf_token: 't',
    must_change_password: false,
    grants: [{ role, scope_kind: 'region', scope_id: '440700' }],
    permissions,
    projects: [],
  }
  useSession().accept(session as unknown as Session)
}

const titles = () => useMenu().groups.value.flatMap((group) => group.entries.map((entry) => entry.title))

beforeEach(() => setActivePinia(createPinia()))

it('a regulator decides and watches', () => {
  logIn('regulator', ['manage_accounts', 'manage_policies', 'view_audit'])
  expect(titles()).toEqual(expect.arrayContaining(['项目审核', '项目库', '账号管理', '地区政策', '操作日志']))
  expect(titles()).not.toContain('项目总览')
})

it('a project sees its own project and nothing of the regulators', () => {
  logIn('project', ['view_audit', 'view_policies'])
  expect(titles()).toEqual(expect.arrayContaining(['工作台', '项目总览', '项目班组管理', '操作日志']))
  for (const title of ['项目审核', '项目库', '账号管理', '地区政策', '我的项目']) expect(titles()).not.toContain(title)
})

it('a permission that is missing takes its entry away', () => {
  logIn('regulator', [])
  expect(titles()).not.toContain('账号管理')
})

it('a page that is not built is not offered, and no group is empty', () => {
  logIn('regulator', [])
  expect(titles()).not.toContain('项目花名册')
  expect(useMenu().groups.value.every((group) => group.entries.length > 0)).toBe(true)
})

it('a detail belongs to its list', () => {
  logIn('regulator', [])
  expect(useMenu().current.value).toBe('/projects')
})

it('nobody who is not logged in has a menu', () => {
  expect(titles()).toEqual([])
})
