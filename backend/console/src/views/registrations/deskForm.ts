import { api, type Schema } from '@/api'
import type { Option } from '@/components/enum'
import type { Field, StoredFile, Values } from '@/components/form/types'
import { loadCrews } from '@/views/crews/options'
import { idNumberProblem, tidyIdNumber } from '@/views/people/idNumber'
import { termFields, toTerms } from '@/views/roster/fields'
import type { RegistrationDetail } from './words'

/** Said at a field whose mark nobody has settled: what was not read for sure is not sent unseen. */
const COMPARE = '请对照图片核对；没有错误时点【无误】'

interface Context {
  projectId: string
  ethnicGroups: Option[]
  crew: () => Schema<'Crew'> | undefined
  posts: () => readonly string[]
  known?: RegistrationDetail | undefined
  isMarked: (key: string, value: unknown) => boolean
}

/** 【登记人员】: card, face, crew and job, wage card. */
export function deskFields(context: Context): Field[] {
  return declare(context).map((field) => ({
    ...field,
    check: (value, values) => (context.isMarked(field.key, value) ? COMPARE : field.check?.(value, values)),
  }))
}

function declare({ projectId, ethnicGroups, crew, posts, known }: Context): Field[] {
  const keep = (masked: string | null | undefined, otherwise: string) => (masked ? `${masked}（不修改请留空）` : otherwise)
  const [first, ...terms] = termFields(crew, posts)
  return [
    { key: 'id_front_file_id', label: '身份证人像面', type: 'slot', group: '身份证识别' },
    { key: 'id_back_file_id', label: '身份证国徽面', type: 'slot' },
    { key: 'portrait_file_id', label: '证件照', type: 'slot', span: 2, visible: (values) => Boolean(values['portrait_file_id']) },
    { key: 'id_number', label: '身份证号码', type: 'slot', required: !known, span: 2, group: '基本信息', check: (value) => idNumberProblem(String(value)) },
    { key: 'name', label: '姓名', type: 'text', required: true, maxLength: 50 },
    { key: 'ethnic', label: '民族', type: 'select', required: true, options: ethnicGroups },
    { key: 'phone', label: '手机号码', type: 'tel', placeholder: keep(known?.phone, '11 位手机号码') },
    { key: 'address', label: '住址', type: 'text', maxLength: 200, placeholder: keep(known?.address, '身份证上的住址') },
    { key: 'id_authority', label: '签发机关', type: 'text', span: 2, maxLength: 60 },
    { key: 'id_valid_from', label: '有效期自', type: 'date' },
    { key: 'id_valid_until', label: '有效期至', type: 'date', hint: '长期有效请留空' },
    { key: 'face_file_id', label: '人脸照片', type: 'slot', span: 2, group: '人脸采集', hint: '没有人脸照片可以先保存，采集后才能提交审核。' },
    {
      key: 'crew_id',
      label: '班组',
      type: 'remote',
      required: true,
      span: 2,
      labelKey: 'crew_name',
      group: '班组与工资',
      load: (typed) => loadCrews(projectId, typed, { presence: 'on_site' }),
    },
    ...(first ? [first] : []),
    ...terms,
    { key: 'bank_name', label: '工资卡开户银行', type: 'text', maxLength: 60 },
    { key: 'bank_card', label: '工资卡卡号', type: 'text', maxLength: 30, placeholder: keep(known?.bank_card, '12 至 19 位卡号') },
  ]
}

export function deskValues(known: RegistrationDetail | undefined): Values {
  if (!known) return { ethnic: '汉族' }
  return {
    name: known.name,
    ethnic: known.ethnic,
    id_authority: known.id_authority,
    id_valid_from: known.id_valid_from,
    id_valid_until: known.id_valid_until,
    crew_id: known.crew_id,
    crew_name: known.crew_name,
    work_type: known.work_type,
    post: known.post,
    settlement: known.settlement,
    price: known.unit_price_fen ? known.unit_price_fen / 100 : undefined,
    settlement_unit: known.settlement_unit,
    bank_name: known.bank_name,
  }
}

const PICTURES = ['id_front_file_id', 'id_back_file_id', 'portrait_file_id', 'face_file_id'] as const

function bodyOf(values: Values): Values {
  const body: Values = { ...toTerms(values) }
  // What is not sent stays as it is.
  for (const key of PICTURES) body[key] = (values[key] as StoredFile | null | undefined)?.id ?? null
  const number = tidyIdNumber(String(values['id_number'] ?? ''))
  body['id_number'] = number === '' ? null : number
  if (body['face_file_id']) body['face_source'] = 'album'
  return body
}

export function save(projectId: string, known: RegistrationDetail | undefined, values: Values, idempotencyKey: string) {
  const body = bodyOf(values)
  if (known) return api.put<RegistrationDetail>(`/registrations/${known.id}`, body, { revision: known.revision })
  return api.post<RegistrationDetail>(`/projects/${projectId}/registrations`, body, { idempotencyKey })
}
