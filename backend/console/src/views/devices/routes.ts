import type { RouteRecordRaw } from 'vue-router'

const permission = 'view_devices'

export const pages: RouteRecordRaw[] = [
  { path: 'devices', component: () => import('./index.vue'), meta: { title: '设备管理', permission } },
  { path: 'alerts', component: () => import('../alerts/index.vue'), meta: { title: '设备预警', permission } },
]

/** The same pages inside one project's frame. */
export const projectPages: RouteRecordRaw[] = pages
