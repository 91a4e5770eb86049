import type { RouteRecordRaw } from 'vue-router'

export const pages: RouteRecordRaw[] = [
  { path: 'audit', component: () => import('./index.vue'), meta: { title: '操作日志', permission: 'view_audit' } },
]
