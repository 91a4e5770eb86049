import { MutationCache, QueryClient } from '@tanstack/vue-query'
import { asApiError } from '@/api'
import { reportError } from '@/composables/reportError'

const RETRIES = 2

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: false,
      // A refusal stays a refusal; only a stumble is worth another try.
      retry: (failures, error) => asApiError(error).isUnavailable && failures < RETRIES,
    },
  },
  mutationCache: new MutationCache({ onError: (error) => reportError(error) }),
})
