import type { RouteRecordRaw } from 'vue-router'
import type { Role } from '@/session/roles'

const WATCHERS: readonly Role[] = ['admin', 'regulator']

export const pages: RouteRecordRaw[] = [
  { path: 'vendors', component: () => import('./index.vue'), meta: { title: '设备商库', roles: WATCHERS, permission: 'view_vendors' } },
]
