import type { RouteRecordRaw } from 'vue-router'

declare module 'vue-router' {
  interface RouteMeta {
    title?: string
    /** Without it the visitor sees the 403 page. */
    permission?: string
    roles?: readonly import('@/session/roles').Role[]
    /** Reachable without login. */
    public?: boolean
  }
}

/** Every area declares its pages in `views/<area>/routes.ts`; nothing is registered here by hand. */
const areas = import.meta.glob<{ pages?: RouteRecordRaw[]; publicPages?: RouteRecordRaw[] }>('../views/*/routes.ts', {
  eager: true,
})

const pages = Object.values(areas).flatMap((area) => area.pages ?? [])
const publicPages = Object.values(areas)
  .flatMap((area) => area.publicPages ?? [])
  .map((page) => ({ ...page, path: `/${page.path}`, meta: { ...page.meta, public: true } }))

export const routes: RouteRecordRaw[] = [
  {
    path: '/login',
    name: 'login',
    component: () => import('@/views/login/index.vue'),
    meta: { title: '登录', public: true },
  },
  {
    path: '/password',
    name: 'first-password',
    component: () => import('@/views/password/first.vue'),
    meta: { title: '设置新密码' },
  },
  {
    // Its pages have addresses of their own; under `/` it would answer for the home page with an empty frame.
    path: '/public',
    redirect: '/login',
    component: () => import('@/layouts/PublicLayout.vue'),
    meta: { public: true },
    children: publicPages as RouteRecordRaw[],
  },
  {
    path: '/',
    component: () => import('@/layouts/MainLayout.vue'),
    children: [
      { path: '', name: 'home', component: () => import('@/views/home/index.vue') },
      ...pages,
      { path: '403', name: 'forbidden', component: () => import('@/views/errors/forbidden.vue'), meta: { title: '没有权限' } },
      { path: ':path(.*)*', name: 'missing', component: () => import('@/views/errors/missing.vue'), meta: { title: '页面不存在' } },
    ],
  },
]
