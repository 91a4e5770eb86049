import type { RouteRecordRaw } from 'vue-router'

export const pages: RouteRecordRaw[] = [
  { path: 'employees', component: () => import('./index.vue'), meta: { title: '管理人员登记', roles: ['company'], permission: 'edit_people' } },
]
