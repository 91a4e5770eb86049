import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { api, type Schema } from '@/api'

export type ProjectView = Schema<'ProjectView'>

/** One project as it stands now; edits start from its revision. */
export function useProjectView(projectId: MaybeRefOrGetter<string>, wanted: MaybeRefOrGetter<boolean> = true) {
  const client = useQueryClient()
  const key = computed(() => ['project', toValue(projectId)])
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => api.get<ProjectView>(`/projects/${toValue(projectId)}`, undefined, signal),
    enabled: () => toValue(projectId) !== '' && toValue(wanted),
  })

  /** After a write: what the server answered is the newest there is. */
  function accept(project: ProjectView): void {
    client.setQueryData(key.value, project)
    void client.invalidateQueries({ queryKey: ['projects'] })
    void client.invalidateQueries({ queryKey: ['project-overview', project.id] })
  }

  return { query, project: query.data, accept, reload: () => query.refetch() }
}
