/** What was done, in the words of the pages where it is done. One map for the whole console. */
const ACTIONS: Record<string, string> = {
  'account.create': '开设账号',
  'account.disable': '停用账号',
  'account.enable': '启用账号',
  'account.issue': '发账号',
  'account.login': '登录',
  'account.login_failed': '登录失败',
  'account.password': '修改密码',
  'account.reissue': '重置密码',
  'application.approve': '项目审核通过',
  'application.refuse': '项目审核不通过',
  'application.submit': '项目申报',
  'attendance.export_days': '导出打卡统计',
  'attendance.export_months': '导出月考勤',
  'attendance.export_punches': '导出考勤明细',
  'attendance.recompute': '重新计算考勤',
  'company.edit': '编辑企业',
  'company.export': '导出企业库',
  'company.register': '企业注册',
  'crew.create': '添加班组',
  'crew.delete': '删除班组',
  'crew.edit': '编辑班组',
  'crew.exit': '班组退场',
  'crew.export': '导出班组',
  'crew.undo_exit': '撤销班组退场',
  'device.edit': '编辑设备',
  'device.push': '人员更新下发',
  'device.register': '登记设备',
  'device.replace': '更换设备',
  'device.unbind': '解绑设备',
  'face_comparison.decide': '核对人脸比对',
  'person.adopt_photo': '重新下发人脸照片',
  'person.collect': '采集人员',
  'person.correct_id_number': '更正身份证号码',
  'person.create': '登记人员',
  'person.edit': '编辑人员',
  'person.export': '导出人员库',
  'person.forget_images': '到期删除人员照片',
  'person.join': '管理人员登记到企业',
  'person.leave': '离职迁出',
  'person.lookup': '按身份证号码查人',
  'person.unmask': '查看人员完整信息',
  'person_record.create': '登记人员履历资料',
  'person_record.delete': '删除人员履历资料',
  'person_record.edit': '编辑人员履历资料',
  'policy.edit': '修改地区政策',
  'policy.inherit': '恢复继承地区政策',
  'project.cancel': '注销项目',
  'project.delete': '删除项目',
  'project.edit': '编辑项目',
  'project.export': '导出项目库',
  'project.locate': '项目定位',
  'project.register': '登记新项目',
  'project.renew_code': '更换项目二维码',
  'project.venue_code': '场所码登记',
  'registration.approve': '登记审核通过',
  'registration.edit': '编辑登记',
  'registration.refuse': '登记审核不通过',
  'registration.register': '登记人员绑定',
  'registration.submit': '提交登记',
  'registration.unmask': '查看登记完整信息',
  'registration.withdraw': '撤回登记',
  'roster.edit': '编辑进场记录',
  'roster.enter': '人员进场',
  'roster.exit': '人员退场',
  'roster.export': '导出花名册',
  'roster.export_unmasked': '导出花名册（完整信息）',
  'roster.import': '批量人员进场',
  'roster.import_check': '批量人员进场（检查）',
  'roster.issue_card': '发卡',
  'roster.undo_exit': '撤销人员退场',
  'session.end': '下线登录设备',
  'token.create': '创建接口令牌',
  'token.revoke': '停用接口令牌',
  'unit.delete': '删除参建单位',
  'unit.edit': '编辑参建单位',
  'unit.enter': '添加参建单位',
  'unit.exit': '参建单位退场',
  'unit.export': '导出参建单位',
  'unit.undo_exit': '撤销参建单位退场',
  'vendor.edit': '编辑设备商',
  'vendor.register': '供应商注册',
}

const SUBJECTS: Record<string, string> = {
  account: '账号',
  application: '项目申报',
  company: '企业',
  attendance: '考勤',
  crew: '班组',
  device: '设备',
  face_comparison: '人脸比对',
  person: '人员',
  policy: '地区政策',
  project: '项目',
  registration: '人员登记',
  roster: '花名册',
  session: '登录设备',
  token: '接口令牌',
  unit: '参建单位',
  vendor: '设备商',
}

const VERBS: Record<string, string> = {
  create: '新建',
  edit: '编辑',
  delete: '删除',
  approve: '通过',
  refuse: '不通过',
  export: '导出',
  import: '导入',
}

/** An action newer than this map is still readable: 「人员」 and what is known of its verb. */
export function actionWords(action: string): string {
  const known = ACTIONS[action]
  if (known) return known
  const [subject = '', verb = ''] = action.split('.')
  const words = [SUBJECTS[subject], VERBS[verb] ?? verb].filter(Boolean)
  return words.length === 2 ? words.join(' · ') : action
}

export function subjectWords(kind: string): string {
  return SUBJECTS[kind] ?? kind
}

export const actionOptions = Object.entries(ACTIONS).map(([value, label]) => ({ value, label }))
export const subjectOptions = Object.entries(SUBJECTS).map(([value, label]) => ({ value, label }))
