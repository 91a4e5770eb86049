import type { RouteRecordRaw } from 'vue-router'

export const publicPages: RouteRecordRaw[] = [
  { path: 'lookup', component: () => import('./index.vue'), meta: { title: '项目查询' } },
]
