import type { RouteRecordRaw } from 'vue-router'

export const pages: RouteRecordRaw[] = [{ path: 'jobs', component: () => import('./index.vue'), meta: { title: '任务中心' } }]
