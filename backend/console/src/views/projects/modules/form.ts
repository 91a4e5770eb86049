import { ApiError, api, asApiError, type Schema } from '@/api'
import { defineFields, type Field, type Position, type Values } from '@/components/form/types'
import type { Option } from '@/components/enum'
import { queryClient } from '@/query'
import { PARTIES, depositKind, investmentNature, projectCategory, projectStatus, structure } from './words'

type Facts = Schema<'ProjectFacts'>
export type Party = Schema<'Party'>

interface Who {
  /** An application says everything; the registry may learn some of it later. */
  complete?: boolean
  /** The project's own staff apply for a change of what the regulator decides. */
  staff?: boolean
}

async function loadVendors(typed: string): Promise<Option[]> {
  const vendors = await queryClient.fetchQuery({
    queryKey: ['public-vendors'],
    queryFn: () => api.get<Schema<'VendorChoice'>[]>('/public/vendors'),
    staleTime: 60_000,
  })
  return vendors.filter((vendor) => vendor.name.includes(typed)).map(({ id, name }) => ({ value: id, label: name }))
}

const notBefore = (earlier: string, message: string) => (value: unknown, values: Values) =>
  values[earlier] && String(value) < String(values[earlier]) ? message : undefined

/** Everything that is asked about a project; what is sent comes from `toForm`. */
export function projectFields({ complete = false, staff = false }: Who = {}): Field[] {
  return defineFields([
    { key: 'name', label: '项目名称', type: 'text', required: true, maxLength: 100, span: 2, group: '项目' },
    { key: 'category', label: '项目类别', type: 'select', options: projectCategory, required: true, disabled: staff },
    { key: 'status', label: '项目状态', type: 'select', options: projectStatus, required: true, disabled: staff,
      ...(staff && { hint: '状态须提交变更申请' }) },
    { key: 'region_code', label: '所属区域', type: 'region', required: true, disabled: staff },
    { key: 'vendor_id', label: '服务商', type: 'remote', load: loadVendors, labelKey: 'vendor_name', disabled: staff,
      placeholder: '选择提供考勤设备的服务商' },
    { key: 'investment_nature', label: '投资性质', type: 'select', options: investmentNature, required: complete },
    { key: 'code', label: '报建编号', type: 'text', maxLength: 60, disabled: staff, placeholder: '没有可不填' },
    { key: 'contact_name', label: '项目联系人', type: 'text', required: complete, maxLength: 50 },
    { key: 'contact_phone', label: '联系电话', type: 'tel', required: complete, placeholder: '手机，或带区号的座机' },

    { key: 'address', label: '详细地址', type: 'text', required: complete, maxLength: 200, span: 2, group: '位置' },
    { key: 'position', label: '地图位置', type: 'position', required: complete },

    { key: 'permit_number', label: '施工许可证号', type: 'text', maxLength: 60, group: '许可与规模' },
    { key: 'permit_date', label: '发证日期', type: 'date', disabledDate: (date) => date > new Date() },
    { key: 'start_on', label: '开工日期', type: 'date', required: complete },
    { key: 'planned_finish_on', label: '计划竣工日期', type: 'date', required: complete,
      check: notBefore('start_on', '不能早于开工日期') },
    { key: 'area_m2', label: '建筑面积', type: 'number', min: 0, precision: 2, unit: '平方米' },
    { key: 'height_m', label: '建筑高度', type: 'number', min: 0, precision: 2, unit: '米' },
    { key: 'structure', label: '结构类型', type: 'select', options: structure },
    { key: 'cost_wan', label: '工程造价', type: 'number', min: 0, precision: 2, unit: '万元' },

    { key: 'parties', label: '参建各方', type: 'slot', span: 2, group: '五方主体',
      ...(complete && { required: true, check: checkParties }) },

    { key: 'wage_bank', label: '工资专户开户银行', type: 'text', maxLength: 100, group: '工资保障' },
    { key: 'deposit_kind', label: '工资保证金缴纳方式', type: 'select', options: depositKind },
  ])
}

function checkParties(value: unknown): string | undefined {
  const named = (value as Party[]).filter((party) => party.name.trim() && party.credit_code.trim())
  const missing = PARTIES.filter(({ kind }) => (kind === '008' || kind === '009') && !named.some((p) => p.kind === kind))
  return missing.length > 0 ? `请填写${missing.map(({ label }) => label).join('、')}的名称和统一社会信用代码` : undefined
}

/** What the form starts from; all five parties have a line. */
export function toValues(facts?: Partial<Facts> & { vendor_name?: string | null }): Values {
  const { longitude, latitude, parties = [], ...rest } = facts ?? {}
  const blank = PARTIES.filter(({ kind }) => !parties.some((party) => party.kind === kind))
  const lines = [...parties, ...blank.map(({ kind }) => ({ kind, name: '', credit_code: '' }))]
  const order = (party: { kind: string }) => PARTIES.findIndex(({ kind }) => kind === party.kind)
  return {
    ...rest,
    position: longitude != null && latitude != null ? { longitude, latitude } : undefined,
    parties: lines.map((party) => ({ ...party })).sort((a, b) => order(a) - order(b)),
  }
}

/** What is sent. A line of the parties that nobody filled is left out. */
export function toForm(values: Values): Values {
  const { position, parties, ...rest } = values
  const place = position as Position | null | undefined
  const filled = ((parties ?? []) as Party[]).filter((party) => party.name.trim() !== '' || party.credit_code.trim() !== '')
  return { ...rest, longitude: place?.longitude ?? null, latitude: place?.latitude ?? null, parties: filled }
}

/** The server's reasons, at this form's fields: `project.parties[1].name` belongs to the parties. */
export function atFields(error: unknown, parties: Party[] = []): ApiError {
  const refusal = asApiError(error)
  const named = parties.filter((party) => party.name.trim() !== '' || party.credit_code.trim() !== '')
  const fields: Record<string, string> = {}
  for (const [path, reason] of Object.entries(refusal.fields)) {
    const key = path.replace(/^project\./, '')
    const line = /^parties\[(\d+)\]/.exec(key)
    if (line) {
      const kind = named[Number(line[1])]?.kind
      const label = PARTIES.find((party) => party.kind === kind)?.label ?? '五方主体'
      fields['parties'] = [fields['parties'], `${label}：${reason}`].filter(Boolean).join('；')
    } else if (key === 'longitude' || key === 'latitude') fields['position'] = reason
    else fields[key] = reason
  }
  return new ApiError(refusal.status, refusal.code, refusal.message, fields)
}
