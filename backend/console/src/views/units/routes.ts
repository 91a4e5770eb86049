import type { RouteRecordRaw } from 'vue-router'

const meta = { title: '参建单位', permission: 'view_units' }

export const pages: RouteRecordRaw[] = [
  { path: 'units', component: () => import('./index.vue'), meta },
  { path: 'projects/:projectId/units', component: () => import('./index.vue'), meta },
]
