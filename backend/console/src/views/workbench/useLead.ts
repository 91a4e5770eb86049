import { useRouter } from 'vue-router'

/** A link to a page, if this console has that page and the account may see it; else the figure is only a figure. */
export function useLead() {
  const router = useRouter()
  return (to: string): string | undefined => (router.resolve(to).name === 'missing' ? undefined : to)
}
