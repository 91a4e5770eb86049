import type { Ref } from 'vue'
import type { Filter } from '@/components/list/types'
import { defineEnum } from '@/components/enum'
import { loadCrews, nameOfCrew } from '@/views/crews/options'
import { entryKind } from '@/views/roster/words'
import { loadUnits, nameOfUnit } from '@/views/units/options'

const workState = defineEnum({ on_site: '在场', exited: '退场' })

/** The filters that every page of attendance has (QH5). Names and ID numbers travel in the body, never in an address. */
export function peopleFilters(projectId: Readonly<Ref<string>>): Filter[] {
  return [
    { key: 'name', label: '姓名', type: 'text', placeholder: '从姓开始输入' },
    { key: 'id_number', label: '身份证号', type: 'text', placeholder: '完整的 18 位' },
    {
      key: 'crew_id', label: '班组', type: 'remote',
      load: (typed) => loadCrews(projectId.value, typed),
      nameOf: (id) => nameOfCrew(projectId.value, id),
    },
    {
      key: 'unit_id', label: '参建单位', type: 'remote',
      load: (typed) => loadUnits(projectId.value, typed),
      nameOf: (id) => nameOfUnit(projectId.value, id),
    },
    { key: 'kind', label: '人员类型', type: 'select', options: entryKind },
    { key: 'presence', label: '工作状态', type: 'select', options: workState },
  ]
}

/** What a figure on another page may lead here with. */
export const SEEDS = ['day', 'month', 'from', 'to', 'crew_id', 'unit_id', 'kind', 'presence', 'refused', 'device_id'] as const
