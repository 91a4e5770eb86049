import type { RouteRecordRaw } from 'vue-router'
import type { Role } from '@/session/roles'

const WATCHERS: readonly Role[] = ['admin', 'regulator']

export const pages: RouteRecordRaw[] = [
  { path: 'projects', component: () => import('./index.vue'), meta: { title: '项目库', roles: WATCHERS } },
]
