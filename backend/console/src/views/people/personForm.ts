import { api, type Schema } from '@/api'
import { dictionary } from '@/components/dictionary'
import type { Field, StoredFile, Values } from '@/components/form/types'
import type { Option } from '@/components/enum'
import { idNumberProblem, tidyIdNumber } from './idNumber'

type Detail = Schema<'PersonDetail'>

/** Shown masked or not at all: left empty they stay as they are. */
const KEPT_WHEN_EMPTY = ['phone', 'address', 'bank_card', 'id_front_file_id', 'id_back_file_id'] as const

export interface FormContext {
  ethnicGroups: Option[]
  /** A regulator says where; a project or company is that by itself. */
  asksRegion: boolean
  person?: Detail | undefined
  /** Whether a value that was read from a card still has to be compared with it. */
  isMarked?: (key: string, value: unknown) => boolean
}

/** Said at a field whose mark nobody has settled: what was not read for sure is not sent unseen. */
const COMPARE = '请对照图片核对；没有错误时点【无误】'

export function personFields(context: FormContext): Field[] {
  return declare(context).map((field) => ({
    ...field,
    check: (value, values) => (context.isMarked?.(field.key, value) ? COMPARE : field.check?.(value, values)),
  }))
}

function declare({ ethnicGroups, asksRegion, person }: FormContext): Field[] {
  const keep = (masked: string | null | undefined, otherwise: string) => (masked ? `${masked}（不修改请留空）` : otherwise)
  return [
    { key: 'id_front_file_id', label: '身份证人像面', type: 'slot', group: '身份证识别' },
    { key: 'id_back_file_id', label: '身份证国徽面', type: 'slot' },
    // Comes with a photographed card; without one there is nothing to show, and what is there stays.
    { key: 'portrait_file_id', label: '证件照', type: 'slot', span: 2, visible: (values) => Boolean(values['portrait_file_id']) },
    ...(person ? [] : ([{ key: 'id_number', label: '身份证号码', type: 'slot', required: true, span: 2, group: '基本信息', check: (value) => idNumberProblem(String(value)) }] satisfies Field[])),
    { key: 'name', label: '姓名', type: 'text', required: true, maxLength: 50, ...(person && { group: '基本信息' }) },
    { key: 'ethnic', label: '民族', type: 'select', required: true, options: ethnicGroups },
    ...(asksRegion && !person ? ([{ key: 'region_code', label: '登记地区', type: 'region', required: true }] satisfies Field[]) : []),
    { key: 'phone', label: '手机号码', type: 'tel', placeholder: keep(person?.phone, '11 位手机号码') },
    { key: 'address', label: '住址', type: 'text', span: 2, maxLength: 200, placeholder: keep(person?.address, '身份证上的住址') },
    { key: 'id_authority', label: '签发机关', type: 'text', span: 2, maxLength: 60, group: '身份证件' },
    { key: 'id_valid_from', label: '有效期自', type: 'date' },
    { key: 'id_valid_until', label: '有效期至', type: 'date', hint: '长期有效请留空' },
    { key: 'photo_file_id', label: '本人照片', type: 'slot', span: 2, group: '人脸照片' },
    { key: 'education', label: '文化程度', type: 'select', options: dictionary('educations'), group: '其他资料' },
    { key: 'political', label: '政治面貌', type: 'select', options: dictionary('political') },
    { key: 'marital', label: '婚姻状况', type: 'select', options: dictionary('marital') },
    { key: 'bank_name', label: '工资卡开户银行', type: 'text', maxLength: 60 },
    { key: 'bank_card', label: '工资卡卡号', type: 'text', maxLength: 30, placeholder: keep(person?.bank_card, '12 至 19 位卡号') },
  ]
}

export function personValues(person: Detail | undefined): Values {
  if (!person) return { ethnic: '汉族' }
  const { name, ethnic, id_authority, id_valid_from, id_valid_until, education, political, marital, bank_name, photo } = person
  return { name, ethnic, id_authority, id_valid_from, id_valid_until, education, political, marital, bank_name, photo_file_id: photo }
}

/** Files become their ids. */
function withFileIds(values: Values): Values {
  const id = (file: unknown) => (file as StoredFile | null)?.id ?? null
  return {
    ...values,
    ...('portrait_file_id' in values && { portrait_file_id: id(values['portrait_file_id']) }),
    photo_file_id: id(values['photo_file_id']),
    id_front_file_id: id(values['id_front_file_id']),
    id_back_file_id: id(values['id_back_file_id']),
  }
}

export function register(values: Values, home: Values, idempotencyKey: string) {
  const body = { ...withFileIds(values), ...home, id_number: tidyIdNumber(String(values['id_number'])) }
  return api.post<Detail>('/people', body, { idempotencyKey })
}

export function edit(person: Detail, values: Values) {
  const changes = withFileIds(values)
  for (const key of KEPT_WHEN_EMPTY) if (changes[key] === null) Reflect.deleteProperty(changes, key)
  return api.patch<Detail>(`/people/${person.id}`, changes, { revision: person.revision })
}
