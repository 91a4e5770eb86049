import type { RouteRecordRaw } from 'vue-router'

export const pages: RouteRecordRaw[] = [
  { path: 'objections', component: () => import('./index.vue'), meta: { title: '考勤异议', permission: 'view_attendance' } },
]

/** The same page inside one project's frame. */
export const projectPages: RouteRecordRaw[] = pages
