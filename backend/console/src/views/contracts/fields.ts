import { defineFields, type Values } from '@/components/form/types'
import { today } from '@/components/format'
import { settlement } from '@/views/roster/words'
import { termWords, type Contract, type Unsigned } from './words'

const UNITS: Record<string, string[]> = { time: ['天', '小时', '月'], piece: ['平方米', '立方米', '吨', '米', '件'] }
const MOST_PAGES = 20
const endOfToday = () => new Date(`${today()}T23:59:59+08:00`)

/** What a contract says (JP15), and its scan. Of an edit the scan may stay as it is. */
export function contractFields(withScan: boolean) {
  return defineFields([
    { key: 'term_kind', label: '合同期限', type: 'radio', required: true, options: termWords, span: 2 },
    { key: 'starts_on', label: '开始日期', type: 'date', required: true },
    {
      key: 'ends_on',
      label: '结束日期',
      type: 'date',
      required: true,
      visible: (values) => values['term_kind'] === 'fixed',
      check: (value, values) => (String(value) < String(values['starts_on'] ?? '') ? '结束日期不能早于开始日期' : undefined),
    },
    { key: 'signed_on', label: '签订日期', type: 'date', required: true, disabledDate: (date) => date > endOfToday() },
    { key: 'settlement', label: '结算方式', type: 'select', options: settlement },
    { key: 'price', label: '单价', type: 'number', min: 0, max: 1_000_000, precision: 2, unit: '元', visible: (values) => Boolean(values['settlement']) },
    {
      key: 'settlement_unit',
      label: '计量单位',
      type: 'select',
      visible: (values) => Boolean(values['settlement']),
      options: (values) => (UNITS[String(values['settlement'])] ?? []).map((unit) => ({ value: unit, label: unit })),
    },
    {
      key: 'file_ids',
      label: '合同扫描件',
      type: 'file',
      multiple: true,
      required: withScan,
      group: withScan ? '扫描件' : '更换扫描件',
      hint: withScan ? '一份 PDF，或按页拍照上传（最多 20 张），系统按顺序合成一份 PDF。' : '不上传则保留原来的扫描件。',
      check: (value) => (Array.isArray(value) && value.length > MOST_PAGES ? `最多 ${MOST_PAGES} 张照片` : undefined),
    },
  ])
}

/** What a new contract begins with: what the roster says, or the one whose scan was taken back. */
export function startOf(row: Unsigned): Values {
  if (row.reset) return valuesOf(row.reset)
  const { settlement: way, unit_price_fen: fen, settlement_unit: unit } = row.terms
  return { term_kind: 'task', starts_on: row.entered_on, signed_on: row.entered_on, settlement: way ?? undefined, price: fen ? fen / 100 : undefined, settlement_unit: unit ?? undefined }
}

export function valuesOf(row: Contract): Values {
  return { ...row, price: row.unit_price_fen ? row.unit_price_fen / 100 : undefined, file_ids: [] }
}

/** Prices are typed in yuan and kept in fen; files travel by their ids. */
export function toContract({ price, file_ids: files, ...values }: Values): Values {
  const yuan = Number(price)
  const ids = Array.isArray(files) ? files.map((file: { id: string }) => file.id) : []
  return { ends_on: null, ...values, unit_price_fen: yuan > 0 ? Math.round(yuan * 100) : null, file_ids: ids }
}

export const terminateFields = defineFields([
  { key: 'terminated_on', label: '解约日期', type: 'date', required: true, disabledDate: (date) => date > endOfToday() },
  { key: 'reason', label: '解约原因', type: 'textarea', required: true, rows: 3, maxLength: 200, placeholder: '例如：工序完工，双方协商解除', check: atLeastTwo },
])

export const resetFields = defineFields([
  { key: 'reason', label: '重置原因', type: 'textarea', required: true, rows: 3, maxLength: 200, placeholder: '例如：照片不清楚，需重新上传', check: atLeastTwo },
])

function atLeastTwo(value: unknown): string | undefined {
  return String(value).trim().length < 2 ? '至少 2 个字' : undefined
}
