import type { RouteRecordRaw } from 'vue-router'
import type { Role } from '@/session/roles'

const permission = 'view_attendance'
const SITE: readonly Role[] = ['project', 'company']
const WATCHERS: readonly Role[] = ['admin', 'regulator', 'company']

/** A project's pages of attendance; the project's frame has the same ones in `views/project/routes.ts`. */
export const projectPages: RouteRecordRaw[] = [
  { path: 'attendance', redirect: (to) => `${to.path.replace(/\/$/, '')}/counts` },
  { path: 'attendance/counts', component: () => import('./counts.vue'), meta: { title: '打卡统计', permission } },
  { path: 'attendance/hours', component: () => import('./hours.vue'), meta: { title: '出勤时长统计', permission } },
  { path: 'attendance/month', component: () => import('./month.vue'), meta: { title: '项目月考勤', permission } },
  { path: 'attendance/details', component: () => import('./details.vue'), meta: { title: '考勤明细', permission } },
  { path: 'attendance/overview', component: () => import('./overview.vue'), meta: { title: '出勤一览表', permission } },
  { path: 'attendance/live', component: () => import('./live.vue'), meta: { title: '出勤记录', permission } },
  { path: 'attendance/on-site', component: () => import('./onSite.vue'), meta: { title: '在场人员', permission } },
]

export const pages: RouteRecordRaw[] = [
  { path: 'attendance', component: () => import('./region/index.vue'), meta: { title: '项目考勤', permission, roles: WATCHERS } },
  ...projectPages.slice(1).map((page) => ({ ...page, meta: { ...page.meta, roles: SITE } })) as RouteRecordRaw[],
]
