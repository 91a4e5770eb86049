import type { RouteRecordRaw } from 'vue-router'

export const pages: RouteRecordRaw[] = [
  {
    path: 'my-projects',
    component: () => import('./index.vue'),
    meta: { title: '我的项目', roles: ['company', 'vendor'], permission: 'view_projects' },
  },
]
