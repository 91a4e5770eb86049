import type { RouteRecordRaw } from 'vue-router'

export const pages: RouteRecordRaw[] = [
  { path: 'account/password', component: () => import('@/views/password/index.vue'), meta: { title: '修改密码' } },
  { path: 'account/sessions', component: () => import('@/views/sessions/index.vue'), meta: { title: '登录设备' } },
  {
    path: 'account/tokens',
    component: () => import('@/views/tokens/index.vue'),
    meta: { title: '接口令牌', permission: 'manage_tokens' },
  },
]
