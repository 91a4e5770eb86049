import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, type Schema } from '@/api'

/** Said wherever reading would be offered and no networks are installed. */
export const NOT_AVAILABLE = '本系统未安装图片识别模型：照片仍可上传，内容请手动填写。'

/** Whether ID cards are read and faces checked on this installation. It does not change while the page is open. */
export function useVision() {
  const query = useQuery({
    queryKey: ['vision'],
    queryFn: () => api.get<Schema<'VisionSettings'>>('/vision'),
    staleTime: Infinity,
  })
  /** Until it is known, pictures are sent to be read: the server says so if it cannot. */
  const available = computed(() => query.data.value?.available ?? true)
  return { available }
}
