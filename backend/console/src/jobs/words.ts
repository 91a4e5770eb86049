import { defineEnum } from '@/components/enum'

export const jobState = defineEnum({
  queued: { label: '排队中' },
  running: { label: '进行中', tone: 'primary' },
  done: { label: '已完成', tone: 'success' },
  failed: { label: '未完成', tone: 'danger' },
})

/** What each kind of job does, in the words of the button that starts it. */
export const jobKind = defineEnum({
  'projects.export': '导出项目库',
  'companies.export': '导出企业库',
  'units.export': '导出参建单位',
  'crews.export': '导出班组',
  'roster.export': '导出花名册',
  'roster.import': '批量人员进场',
  'people.export': '导出人员库',
  'attendance.export_days': '导出打卡统计',
  'attendance.export_months': '导出月考勤',
  'attendance.export_punches': '导出考勤明细',
  'attendance.recompute': '重新计算考勤',
})
