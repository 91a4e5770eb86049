import type { RouteRecordRaw } from 'vue-router'

export const pages: RouteRecordRaw[] = [{ path: 'workbench', component: () => import('./index.vue'), meta: { title: '工作台' } }]
