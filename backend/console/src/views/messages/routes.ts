import type { RouteRecordRaw } from 'vue-router'

export const pages: RouteRecordRaw[] = [
  { path: 'messages', component: () => import('./index.vue'), meta: { title: '微信消息', permission: 'view_messages' } },
]
