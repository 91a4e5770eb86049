import type { RouteRecordRaw } from 'vue-router'

/** The same page inside one project's frame stands in `views/project/routes.ts`. */
export const pages: RouteRecordRaw[] = [
  { path: 'roster', component: () => import('./index.vue'), meta: { title: '花名册', permission: 'view_roster' } },
]
