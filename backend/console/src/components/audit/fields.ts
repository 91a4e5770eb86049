/** Fields of what the audit keeps, in the words of their forms. What is missing here is shown by its own name. */
export const FIELDS: Record<string, string> = {
  name: '名称', login: '账号', role: '角色', region_code: '地区', region_name: '地区', scope_name: '范围', state: '状态',
  status: '状态', reason: '原因', opinion: '意见', note: '备注', remark: '备注', code: '编号', category: '类别',
  address: '地址', longitude: '经度', latitude: '纬度', position: '地图位置', contact_name: '联系人', contact_phone: '联系电话',
  phone: '手机号码', mobile: '手机号码', email: '电子邮箱', permit_number: '施工许可证号', permit_date: '发证日期',
  start_on: '开工日期', planned_finish_on: '计划竣工日期', area_m2: '建筑面积（平方米）', height_m: '建筑高度（米）',
  cost_wan: '工程造价（万元）', structure: '结构类型', investment_nature: '投资性质', venue_code: '场所码',
  vendor_id: '服务商', vendor_name: '服务商', wage_bank: '工资专户开户银行', deposit_kind: '保证金缴纳方式', parties: '五方主体',
  credit_code: '统一社会信用代码', legal_person: '法定代表人', established_on: '成立日期', registered_capital_wan: '注册资本（万元）',
  registration_kind: '登记注册类型', registration_kind_name: '登记注册类型', upload_state: '上传状态', kind: '类型',
  company: '企业', company_id: '企业', company_name: '企业', unit: '参建单位', unit_id: '参建单位', unit_name: '参建单位',
  crew: '班组', crew_id: '班组', crew_name: '班组', person_id: '人员', person_name: '人员', leader_name: '班组长',
  leader_phone: '班组长电话', entered_on: '进场日期', exited_on: '退场日期', work_type: '工种', post: '岗位',
  settlement: '结算方式', unit_price: '单价', settlement_unit: '计量单位', card_number: '考勤卡号', bank_name: '开户银行',
  bank_card: '工资卡号', id_number: '身份证号码', sex: '性别', ethnic: '民族', birthday: '出生日期', birth_date: '出生日期',
  education: '文化程度', political: '政治面貌', marital: '婚姻状况', native_place: '籍贯', photo_file_id: '照片',
  file_id: '附件', proof_file_id: '证明文件', record: '资料', value: '值', key: '项目', disabled: '停用',
  must_change_password: '须修改密码', fields: '查看的内容', expires_at: '有效期至', joined_on: '入职日期', left_on: '离职日期',
  total: '总行数', entered: '进场', failed: '未通过', count: '数量', people: '人数', crews: '班组', units: '参建单位', filter: '条件',
}

/** The server's own words for states. */
export const STATES: Record<string, string> = {
  waiting: '待上传',
  uploaded: '已上传',
  pending: '待审核',
  approved: '已通过',
  refused: '未通过',
  male: '男',
  female: '女',
  worker: '务工人员',
  manager: '管理人员',
  other: '其他人员',
  workers: '工人班组',
  managers: '管理班组',
  others: '其他班组',
}
