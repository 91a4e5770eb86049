import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { defineComponent, h, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { queryClient } from '@/query'

interface Options {
  path?: string
  props?: Record<string, unknown>
}

/** A component with what main.ts gives the real ones. */
export async function show(component: Component, { path = '/list', props = {} }: Options = {}) {
  queryClient.clear()
  const pinia = createPinia()
  setActivePinia(pinia)
  const blank = { template: '<div />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/list', component: blank }, { path: '/:path(.*)*', name: 'missing', component: blank }],
  })
  await router.push(path)
  const wrapper = mount(component, { props, global: { plugins: [pinia, router, [VueQueryPlugin, { queryClient }]] } })
  await flushPromises()
  return { wrapper, router }
}

/** Runs a composable inside a component and hands out what it returns. */
export async function use<Result>(composable: () => Result, options: Options = {}) {
  let result: Result | undefined
  const host = defineComponent({ setup: () => ((result = composable()), () => h('div')) })
  const { wrapper, router } = await show(host, options)
  return { result: result as Result, wrapper, router }
}
