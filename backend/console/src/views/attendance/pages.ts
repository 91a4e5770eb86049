/** The pages of one project's attendance, in the order in which people look. */
export const ATTENDANCE_PAGES = [
  { path: 'counts', label: '打卡统计' },
  { path: 'hours', label: '出勤时长统计' },
  { path: 'month', label: '项目月考勤' },
  { path: 'details', label: '考勤明细' },
  { path: 'overview', label: '出勤一览表' },
  { path: 'live', label: '出勤记录' },
  { path: 'on-site', label: '在场人员' },
] as const

/** Where a project's pages are: in the menu of those who work on it, else inside the project's frame. */
export function attendanceBase(framedProject?: unknown): string {
  return typeof framedProject === 'string' && framedProject !== '' ? `/projects/${framedProject}/attendance` : '/attendance'
}
