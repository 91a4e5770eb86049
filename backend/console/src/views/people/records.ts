import type { Schema } from '@/api'
import { dictionary } from '@/components/dictionary'
import { defineEnum } from '@/components/enum'
import type { Field, Values } from '@/components/form/types'

export type Kind = Schema<'RecordData'>['kind']

const awardWords = defineEnum({ reward: '奖励', punishment: '处罚' })
const insuranceWords = defineEnum({ pension: '养老', medical: '医疗', injury: '工伤', unemployment: '失业', maternity: '生育' })
const educations = dictionary('educations')

interface KindSpec {
  label: string
  /** What 【添加…】 and the empty state call one of them. */
  one: string
  fields: Field[]
  /** Main words of a line. */
  title: (data: Values) => string
  /** Everything else of it. */
  rest: (data: Values) => unknown[]
  /** Its time. */
  when: (data: Values) => string
}

const text = (key: string, label: string, required = false): Field => ({ key, label, type: 'text', required, maxLength: 60 })
const day = (key: string, label: string, required = false): Field => ({ key, label, type: 'date', required })
const say = (value: unknown) => (value ? String(value) : '')
const labelled = (label: string, value: unknown) => (value ? `${label} ${say(value)}` : '')
const span = (data: Values, open = '至今') => (data['from'] ? `${say(data['from'])} — ${say(data['until']) || open}` : say(data['until']))

export const KINDS: Record<Kind, KindSpec> = {
  education: {
    label: '教育经历', one: '教育经历',
    fields: [text('school', '学校', true), { key: 'level', label: '学历', type: 'select', required: true, options: educations }, text('major', '专业'), text('certificate_number', '证书编号'), day('from', '入学日期'), day('until', '毕业日期')],
    title: (data) => say(data['school']),
    rest: (data) => [educations.label(data['level']), data['major'], labelled('证书编号', data['certificate_number'])],
    when: (data) => span(data, '在读'),
  },
  training: {
    label: '培训', one: '培训记录',
    fields: [text('subject', '培训内容', true), text('organiser', '培训单位'), day('from', '开始日期', true), day('until', '结束日期'), { key: 'hours', label: '学时', type: 'number', min: 1, max: 2000, precision: 0, unit: '学时' }, text('result', '考核结果')],
    title: (data) => say(data['subject']),
    rest: (data) => [data['organiser'], data['hours'] ? `${say(data['hours'])} 学时` : '', labelled('考核', data['result'])],
    when: (data) => [data['from'], data['until']].filter(Boolean).join(' — '),
  },
  title: {
    label: '职称', one: '职称',
    fields: [text('name', '职称名称', true), { key: 'level', label: '级别', type: 'select', options: ['初级', '中级', '副高级', '正高级'].map((value) => ({ value, label: value })) }, text('speciality', '专业'), text('authority', '评审机构'), day('awarded_on', '取得日期'), text('certificate_number', '证书编号')],
    title: (data) => say(data['name']),
    rest: (data) => [data['level'], data['speciality'], data['authority'], labelled('证书编号', data['certificate_number'])],
    when: (data) => say(data['awarded_on']),
  },
  certificate: {
    label: '资格证书', one: '资格证书',
    fields: [text('name', '证书名称', true), text('number', '证书编号', true), text('level', '等级'), text('authority', '发证机关'), day('issued_on', '发证日期'), { ...day('valid_until', '有效期至'), hint: '长期有效请留空' }],
    title: (data) => say(data['name']),
    rest: (data) => [labelled('编号', data['number']), data['level'], data['authority']],
    when: (data) => [data['issued_on'], data['valid_until'] ?? (data['issued_on'] ? '长期' : '')].filter(Boolean).join(' — '),
  },
  award: {
    label: '奖惩', one: '奖惩记录',
    fields: [{ key: 'award', label: '类别', type: 'radio', required: true, options: awardWords }, day('on', '日期', true), text('name', '名称', true), text('authority', '作出单位'), { key: 'content', label: '说明', type: 'textarea', maxLength: 300 }],
    title: (data) => say(data['name']),
    rest: (data) => [awardWords.label(data['award']), data['authority'], data['content']],
    when: (data) => say(data['on']),
  },
  emergency_contact: {
    label: '紧急联系人', one: '紧急联系人',
    fields: [{ key: 'name', label: '姓名', type: 'text', required: true, maxLength: 50 }, { key: 'relation', label: '与本人关系', type: 'text', required: true, maxLength: 20, placeholder: '配偶、父母、子女…' }, { key: 'phone', label: '联系电话', type: 'tel', required: true }],
    title: (data) => say(data['name']),
    rest: (data) => [data['relation']],
    when: () => '',
  },
  social_insurance: {
    label: '社会保险', one: '参保记录',
    fields: [text('payer', '参保单位', true), { key: 'insurances', label: '险种', type: 'select', required: true, multiple: true, options: insuranceWords }, day('from', '参保起始', true), { ...day('until', '参保截止'), hint: '仍在参保请留空' }],
    title: (data) => say(data['payer']),
    rest: (data) => [(data['insurances'] as string[] | undefined)?.map((one) => `${insuranceWords.label(one)}保险`).join('、')],
    when: (data) => span(data),
  },
  work_history: {
    label: '工作经历', one: '工作经历',
    fields: [text('employer', '工作单位', true), text('post', '岗位'), { key: 'project', label: '项目', type: 'text', maxLength: 100, span: 2 }, day('from', '开始日期', true), day('until', '结束日期'), { key: 'duties', label: '工作内容', type: 'textarea', maxLength: 300 }],
    title: (data) => say(data['employer']),
    rest: (data) => [data['project'], data['post'], data['duties']],
    when: (data) => span(data),
  },
}

/** Work entered by hand is a part of 【职业履历】. */
export const RECORD_TABS = (Object.keys(KINDS) as Kind[])
  .filter((kind) => kind !== 'work_history')
  .map((kind) => ({ kind, label: KINDS[kind].label }))
