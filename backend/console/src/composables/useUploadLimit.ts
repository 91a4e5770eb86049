import { computed } from 'vue'
import { useSettings } from './useSettings'

const MEGABYTE = 1024 * 1024

/** How large a file this installation takes. Until it has said so nothing is refused here: the server decides anyway. */
export function useUploadLimit() {
  const { settings } = useSettings()
  const bytes = computed(() => settings.value?.upload_limit ?? Infinity)
  /** 20 MB */
  const words = computed(() => (Number.isFinite(bytes.value) ? `${Math.floor((bytes.value / MEGABYTE) * 10) / 10} MB` : ''))
  const isTooLarge = (file: File) => file.size > bytes.value
  return { words, isTooLarge }
}
