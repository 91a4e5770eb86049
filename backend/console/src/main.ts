import './styles/index.css'
import { VueQueryPlugin } from '@tanstack/vue-query'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { listen } from '@/api/client'
import { useAvailability } from '@/composables/useAvailability'
import { queryClient } from '@/query'
import { loginFor, router } from '@/router'
import { useSession } from '@/session/store'
import App from './App.vue'

const app = createApp(App).use(createPinia())
const session = useSession()
const availability = useAvailability()

listen({
  unauthorized() {
    session.forget()
    const here = router.currentRoute.value
    if (!here.meta.public) void router.replace(loginFor(here))
  },
  unavailable: availability.lost,
})

app.use(VueQueryPlugin, { queryClient }).use(router).mount('#app')
