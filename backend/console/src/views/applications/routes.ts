import type { RouteRecordRaw } from 'vue-router'

export const pages: RouteRecordRaw[] = [
  {
    path: 'applications',
    component: () => import('./index.vue'),
    meta: { title: '项目审核', roles: ['admin', 'regulator'], permission: 'review_applications' },
  },
]
