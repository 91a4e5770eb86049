import type { RouteRecordRaw } from 'vue-router'

/** The same page inside one project's frame stands in `views/project/routes.ts`. */
export const pages: RouteRecordRaw[] = [
  { path: 'units', component: () => import('./index.vue'), meta: { title: '参建单位', permission: 'view_units' } },
]
