import type { RouteRecordRaw } from 'vue-router'

/** The same page inside one project's frame stands in `views/project/routes.ts`. */
export const pages: RouteRecordRaw[] = [
  { path: 'crews', component: () => import('./index.vue'), meta: { title: '班组', permission: 'view_crews' } },
]
