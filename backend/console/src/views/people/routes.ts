import type { RouteRecordRaw } from 'vue-router'

export const pages: RouteRecordRaw[] = [
  { path: 'people', component: () => import('./index.vue'), meta: { title: '人员库', permission: 'view_people' } },
  { path: 'people/:personId', component: () => import('./detail.vue'), meta: { title: '人员详情', permission: 'view_people' } },
]
