import type { RouteRecordRaw } from 'vue-router'

export const pages: RouteRecordRaw[] = [
  { path: 'collected', component: () => import('./index.vue'), meta: { title: '已采集人员', permission: 'view_roster' } },
]
