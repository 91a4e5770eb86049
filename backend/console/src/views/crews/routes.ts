import type { RouteRecordRaw } from 'vue-router'

const meta = { title: '班组', permission: 'view_crews' }

export const pages: RouteRecordRaw[] = [
  { path: 'crews', component: () => import('./index.vue'), meta },
  { path: 'projects/:projectId/crews', component: () => import('./index.vue'), meta },
]
