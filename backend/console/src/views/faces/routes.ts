import type { RouteRecordRaw } from 'vue-router'

export const pages: RouteRecordRaw[] = [
  { path: 'faces', component: () => import('./index.vue'), meta: { title: '人脸比对待核', permission: 'review_faces' } },
  { path: 'faces/figures', component: () => import('./figures.vue'), meta: { title: '比对阈值参考', permission: 'review_faces' } },
]
