import type { RouteRecordRaw } from 'vue-router'
import type { Role } from '@/session/roles'

const SITE: readonly Role[] = ['admin', 'regulator', 'company', 'project']

export const pages: RouteRecordRaw[] = [
  {
    path: 'registrations',
    component: () => import('./index.vue'),
    meta: { title: '项目人员登记绑定审核', permission: 'view_people', roles: SITE },
  },
]
