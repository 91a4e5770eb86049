import type { RouteRecordRaw } from 'vue-router'

export const publicPages: RouteRecordRaw[] = [
  { path: 'apply', component: () => import('./index.vue'), meta: { title: '项目申报' } },
  { path: 'apply/status', component: () => import('./status.vue'), meta: { title: '申报进度' } },
]
