import type { Schema } from '@/api'

export interface Todo {
  text: string
  to: string
  /** Keeps people from punching, or somebody else from working. */
  pressing: boolean
}

/** The pages of one project: its own staff have them in their menu, others inside the project's frame. */
export function placesOf(framedProject?: string) {
  const base = framedProject ? `/projects/${framedProject}` : ''
  return { roster: `${base}/roster`, units: `${base}/units`, crews: `${base}/crews`, info: framedProject ? `${base}/info` : '/project/info' }
}

/** What is to be completed on a project, pressing things first; each leads to the rows, or to the page where it is done. */
export function todosOf(
  missing: Schema<'Missing'>,
  posts: readonly { label: string; people: number }[],
  kindOf: (code: string) => string,
  { roster, units, info } = placesOf(),
): Todo[] {
  const todos: (Todo | false)[] = [
    missing.work_type > 0 && { text: `${missing.work_type} 名务工人员未填工种，不能打卡`, to: `${roster}?tab=incomplete`, pressing: true },
    missing.wage_card > 0 && { text: `${missing.wage_card} 名务工人员未登记工资卡，不能打卡`, to: `${roster}?tab=incomplete`, pressing: true },
    ...posts
      .filter((post) => post.people === 0)
      .map((post) => ({ text: `关键岗位“${post.label}”无人在岗`, to: `${roster}?kind=manager`, pressing: true })),
    ...missing.parties.map((party) => ({ text: `${kindOf(party.kind)}“${party.name}”尚未登记为参建单位`, to: units, pressing: false })),
    missing.photo > 0 && { text: `${missing.photo} 名在场人员没有照片`, to: `${roster}?has_photo=false`, pressing: false },
    missing.position && { text: '项目未在地图上定位', to: info, pressing: false },
    missing.permit && { text: '未填写施工许可证号', to: info, pressing: false },
    missing.venue_code && { text: '未登记场所码', to: info, pressing: false },
    missing.not_uploaded > 0 && { text: `${missing.not_uploaded} 名在场人员尚未上传省厅`, to: `${roster}?upload_state=waiting`, pressing: false },
  ]
  return todos.filter((todo): todo is Todo => todo !== false)
}

export function facesTodo(waiting = 0): Todo[] {
  return waiting > 0 ? [{ text: `${waiting} 组人脸比对待核`, to: '/faces', pressing: false }] : []
}

/** Workers without a contract, the most pressing first (QH11); each leads to its rows. */
export function contractTodos(counts: Pick<Schema<'ContractCounts'>, 'red' | 'orange' | 'yellow'> | undefined, base = '/contracts'): Todo[] {
  if (!counts) return []
  const todos: (Todo | false)[] = [
    counts.red > 0 && { text: `${counts.red} 名务工人员未签劳动合同，红色预警`, to: `${base}?level=red`, pressing: true },
    counts.orange > 0 && { text: `${counts.orange} 名务工人员未签劳动合同，橙色预警`, to: `${base}?level=orange`, pressing: false },
    counts.yellow > 0 && { text: `${counts.yellow} 名务工人员未签劳动合同，黄色预警`, to: `${base}?level=yellow`, pressing: false },
  ]
  return todos.filter((todo): todo is Todo => todo !== false)
}

export function objectionsTodo(open = 0): Todo[] {
  return open > 0 ? [{ text: `${open} 条考勤异议待答复`, to: '/objections', pressing: false }] : []
}

export function registrationsTodo(waiting = 0): Todo[] {
  return waiting > 0 ? [{ text: `${waiting} 人登记待审核`, to: '/registrations', pressing: true }] : []
}
