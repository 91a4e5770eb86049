import type { RouteRecordRaw } from 'vue-router'
import type { Role } from '@/session/roles'
import { projectPages as attendance } from '../attendance/routes'
import { projectPages as contracts } from '../contracts/routes'
import { projectPages as devices } from '../devices/routes'
import { projectPages as objections } from '../objections/routes'

const INSIDERS: readonly Role[] = ['project', 'company']
const EVERYONE: readonly Role[] = ['admin', 'regulator', 'company', 'project', 'vendor']

/** The same three pages twice: of the project chosen in the top bar, and of the one in the address. */
const inside = (name: string) => ({
  overview: { path: '', name: `${name}-overview`, component: () => import('./overview.vue'), meta: { title: '项目总览' } },
  info: { path: 'info', name: `${name}-info`, component: () => import('./info.vue'), meta: { title: '项目信息' } },
  code: { path: 'code', name: `${name}-code`, component: () => import('./code.vue'), meta: { title: '项目二维码' } },
})

export const pages: RouteRecordRaw[] = [
  { path: 'project', component: () => import('./index.vue'), meta: { roles: INSIDERS }, children: Object.values(inside('own')) },
  {
    path: 'projects/:projectId',
    component: () => import('./index.vue'),
    meta: { roles: EVERYONE },
    children: [
      ...Object.values(inside('any')),
      { path: 'units', component: () => import('../units/index.vue'), meta: { title: '参建单位', permission: 'view_units' } },
      { path: 'crews', component: () => import('../crews/index.vue'), meta: { title: '班组', permission: 'view_crews' } },
      { path: 'roster', component: () => import('../roster/index.vue'), meta: { title: '花名册', permission: 'view_roster' } },
      ...attendance,
      ...devices,
      ...contracts,
      ...objections,
    ],
  },
]
