import type { Icon } from '@/components/icons'
import type { Role } from '@/session/roles'

export interface MenuEntry {
  title: string
  path: string
  icon: Icon
  /** Shown only to accounts which have it. */
  permission?: string
  roles: readonly Role[]
}

export interface MenuGroup {
  title: string
  entries: readonly MenuEntry[]
}

const EVERYONE: readonly Role[] = ['admin', 'regulator', 'company', 'project', 'vendor']
const WATCHERS: readonly Role[] = ['admin', 'regulator']
const SITE: readonly Role[] = ['admin', 'regulator', 'company', 'project']

/** Those who work on a project; others come to its pages through the project. */
const OWN: readonly Role[] = ['company', 'project']

/**
 * The whole menu. An entry whose path has no route yet is left out, so that a page appears when it lands.
 * Words are those of features.md: users look for them.
 */
export const MENU: readonly MenuGroup[] = [
  { title: '', entries: [{ title: '工作台', path: '/workbench', icon: 'desk', roles: EVERYONE }] },
  {
    title: '项目',
    entries: [
      { title: '项目总览', path: '/project', icon: 'building', roles: ['project', 'company'] },
      { title: '项目信息', path: '/project/info', icon: 'document', roles: ['project', 'company'] },
      { title: '项目二维码', path: '/project/code', icon: 'phone', roles: ['project', 'company'] },
      { title: '项目审核', path: '/applications', icon: 'audit-form', roles: WATCHERS },
      { title: '项目库', path: '/projects', icon: 'building', roles: WATCHERS },
      { title: '我的项目', path: '/my-projects', icon: 'building', roles: ['company', 'vendor'] },
      { title: '变更申请', path: '/status-changes', icon: 'swap', roles: SITE },
      { title: '企业库', path: '/companies', icon: 'company', roles: SITE },
      { title: '设备商库', path: '/vendors', icon: 'device', roles: WATCHERS, permission: 'view_vendors' },
    ],
  },
  {
    title: '班组与人员',
    entries: [
      { title: '项目参建单位管理', path: '/units', icon: 'units', roles: SITE },
      { title: '项目班组管理', path: '/crews', icon: 'crew', roles: SITE },
      { title: '人员库', path: '/people', icon: 'person', roles: SITE },
      { title: '管理人员登记', path: '/employees', icon: 'contract', roles: ['company'], permission: 'edit_people' },
      { title: '已采集人员', path: '/collected', icon: 'device', roles: ['project'], permission: 'view_roster' },
      { title: '项目花名册', path: '/roster', icon: 'roster', roles: SITE },
      { title: '合同管理', path: '/contracts', icon: 'contract', roles: SITE, permission: 'view_contracts' },
      { title: '项目人员登记绑定审核', path: '/registrations', icon: 'audit-form', roles: SITE, permission: 'view_people' },
      { title: '人脸比对待核', path: '/faces', icon: 'faces', roles: ['admin', 'regulator', 'project'], permission: 'review_faces' },
    ],
  },
  {
    title: '考勤',
    entries: [
      { title: '项目考勤', path: '/attendance', icon: 'chart', roles: ['admin', 'regulator', 'company'], permission: 'view_attendance' },
      { title: '打卡统计', path: '/attendance/counts', icon: 'check', roles: OWN, permission: 'view_attendance' },
      { title: '出勤时长统计', path: '/attendance/hours', icon: 'clock', roles: OWN, permission: 'view_attendance' },
      { title: '项目月考勤', path: '/attendance/month', icon: 'calendar', roles: OWN, permission: 'view_attendance' },
      { title: '考勤明细', path: '/attendance/details', icon: 'document', roles: OWN, permission: 'view_attendance' },
      { title: '出勤一览表', path: '/attendance/overview', icon: 'chart', roles: OWN, permission: 'view_attendance' },
      { title: '出勤记录', path: '/attendance/live', icon: 'pulse', roles: OWN, permission: 'view_attendance' },
      { title: '在场人员', path: '/attendance/on-site', icon: 'crew', roles: OWN, permission: 'view_attendance' },
      { title: '考勤异议', path: '/objections', icon: 'info', roles: SITE, permission: 'view_attendance' },
    ],
  },
  {
    title: '设备',
    entries: [
      { title: '设备管理', path: '/devices', icon: 'device', roles: EVERYONE, permission: 'view_devices' },
      { title: '设备预警', path: '/alerts', icon: 'warn', roles: EVERYONE, permission: 'view_devices' },
    ],
  },
  {
    title: '系统',
    entries: [
      { title: '账号管理', path: '/accounts', icon: 'account', roles: EVERYONE, permission: 'manage_accounts' },
      { title: '地区政策', path: '/policies', icon: 'policy', roles: WATCHERS, permission: 'manage_policies' },
      { title: '操作日志', path: '/audit', icon: 'log', roles: EVERYONE, permission: 'view_audit' },
      { title: '微信消息', path: '/messages', icon: 'phone', roles: ['admin', 'regulator', 'project'], permission: 'view_messages' },
      { title: '任务中心', path: '/jobs', icon: 'jobs', roles: EVERYONE },
    ],
  },
]
