import type { RouteRecordRaw } from 'vue-router'

export const pages: RouteRecordRaw[] = [
  { path: 'policies', component: () => import('./index.vue'), meta: { title: '地区政策', permission: 'view_policies' } },
]
