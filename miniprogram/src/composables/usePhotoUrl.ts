import { ref, watch, type Ref } from 'vue'
import { platform, type PhotoKey } from '@/platform'

/** Where a kept photograph can be seen; '' while there is none. */
export function usePhotoUrl(key: () => PhotoKey | null | undefined): Ref<string> {
  const url = ref('')
  watch(
    key,
    async (now) => {
      url.value = ''
      if (!now) return
      const found = await platform.photoUrl(now)
      if (key() === now) url.value = found ?? ''
    },
    { immediate: true },
  )
  return url
}
