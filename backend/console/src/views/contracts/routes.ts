import type { RouteRecordRaw } from 'vue-router'

export const pages: RouteRecordRaw[] = [
  { path: 'contracts', component: () => import('./index.vue'), meta: { title: '合同管理', permission: 'view_contracts' } },
]

/** The same page inside one project's frame. */
export const projectPages: RouteRecordRaw[] = pages
