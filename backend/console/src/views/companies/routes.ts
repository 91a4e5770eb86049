import type { RouteRecordRaw } from 'vue-router'

export const pages: RouteRecordRaw[] = [
  { path: 'companies', component: () => import('./index.vue'), meta: { title: '企业库', permission: 'view_companies' } },
]
