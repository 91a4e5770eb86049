import type { Schema } from '@/api'
import { formatDateTime, formatText } from '../format'

export interface Change {
  name: string
  before: string
  after: string
}

/** Fields of the audited views, in the words of their forms. What is missing here is shown by its own name. */
const FIELDS: Record<string, string> = {
  name: '名称', login: '账号', role: '角色', region_code: '地区', scope_name: '范围', state: '状态', status: '状态',
  reason: '原因', opinion: '意见', code: '报建编号', category: '类别', address: '地址', longitude: '经度', latitude: '纬度',
  contact_name: '联系人', contact_phone: '联系电话', phone: '手机号码', mobile: '手机号码', email: '电子邮箱', remark: '备注',
  permit_number: '施工许可证号', permit_date: '发证日期', start_on: '开工日期', planned_finish_on: '计划竣工日期',
  area_m2: '建筑面积', height_m: '建筑高度', cost_wan: '工程造价', structure: '结构类型', investment_nature: '投资性质',
  venue_code: '场所码', vendor_id: '服务商', vendor_name: '服务商', wage_bank: '工资专户开户银行', deposit_kind: '保证金缴纳方式',
  parties: '五方主体', position: '地图位置', credit_code: '统一社会信用代码', legal_person: '法定代表人', kind: '类型',
  company_id: '企业', company_name: '企业', unit_id: '参建单位', crew_id: '班组', crew_name: '班组', person_id: '人员',
  entered_on: '进场日期', exited_on: '退场日期', work_type: '工种', post: '岗位', settlement: '结算方式', unit_price: '单价',
  settlement_unit: '计量单位', card_number: '考勤卡号', bank_name: '开户银行', bank_card: '工资卡号', id_number: '身份证号码',
  sex: '性别', ethnic: '民族', birthday: '出生日期', education: '文化程度', political: '政治面貌', marital: '婚姻状况',
  value: '值', key: '项目', policy: '政策', disabled: '停用', must_change_password: '须修改密码', scopes: '权限范围',
  expires_on: '有效期至', expires_at: '有效期至', total: '总数', entered: '进场', failed: '未通过', count: '数量', revision: '版本',
}

const HIDDEN = new Set(['id', 'revision', 'updated_at', 'created_at'])

/** Before and after, side by side; only what differs. */
export function changesOf({ before, after }: Pick<Schema<'AuditView'>, 'before' | 'after'>): Change[] {
  const [old, now] = [asRecord(before), asRecord(after)]
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => !HIDDEN.has(name))
  return names
    .map((name) => ({ name: FIELDS[name] ?? name, before: words(old[name]), after: words(now[name]) }))
    .filter((change) => change.before !== change.after)
}

function asRecord(value: unknown): Record<string, unknown> {
  if (value === null || value === undefined) return {}
  return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : { value }
}

function words(value: unknown): string {
  if (Array.isArray(value)) return formatText(value.map(words))
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).map(([name, part]) => `${FIELDS[name] ?? name}：${words(part)}`).join('，')
  }
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value)) return formatDateTime(value)
  return formatText(value)
}
