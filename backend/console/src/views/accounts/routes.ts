import type { RouteRecordRaw } from 'vue-router'

export const pages: RouteRecordRaw[] = [
  { path: 'accounts', component: () => import('./index.vue'), meta: { title: '账号管理', permission: 'manage_accounts' } },
]
