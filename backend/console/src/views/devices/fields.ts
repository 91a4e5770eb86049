import { defineFields, type Field } from '@/components/form/types'
import type { DeviceKind } from './types'
import { deviceDirection } from './words'

const who: Field[] = [
  { key: 'vendor_code', label: '设备商编码', type: 'text', required: true, maxLength: 64, placeholder: '设备商提供，同一厂家的设备相同', hint: '设备登录时会核对，请与设备中的设置一致。' },
  { key: 'serial', label: '设备编号', type: 'text', required: true, maxLength: 32, placeholder: '见设备铭牌或设置页', check: (value) => (/^[\x21-\x7e]+$/.test(String(value).trim()) ? undefined : '只能是字母、数字和符号，不能有汉字和空格') },
]
const model: Field = { key: 'model', label: '设备型号', type: 'text', maxLength: 50, placeholder: '可不填' }

function where(kind: DeviceKind): Field[] {
  const place: Field = { key: 'place', label: kind === 'mobile' ? '使用位置' : '安装位置', type: 'text', required: true, maxLength: 50, placeholder: kind === 'collection' ? '例如：劳务办公室' : '例如：1 号门进口' }
  const direction: Field = { key: 'direction', label: '进出方向', type: 'radio', required: true, options: deviceDirection, span: 2, hint: '进出轮换：同一个人在这台设备上第一次打卡算进场，下一次算出场。' }
  return kind === 'collection' ? [place] : [place, direction]
}

export const registerFields = (kind: DeviceKind) => defineFields([...who, ...where(kind), model])
export const editFields = (kind: DeviceKind) => defineFields([...where(kind), model])
export const replaceFields = defineFields([
  ...who,
  model,
  { key: 'reason', label: '更换原因', type: 'textarea', required: true, maxLength: 200, rows: 2, placeholder: '例如：原设备屏幕损坏', check: atLeastTwo },
])
export const unbindFields = defineFields([
  { key: 'reason', label: '解绑原因', type: 'textarea', required: true, maxLength: 200, rows: 3, placeholder: '例如：项目竣工，设备拆除', check: atLeastTwo },
])

function atLeastTwo(value: unknown): string | undefined {
  return String(value).trim().length < 2 ? '至少 2 个字' : undefined
}
