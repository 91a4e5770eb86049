import type { CardField } from './draft'

export const CARD_WORDS: Record<CardField, string> = {
  name: '姓名',
  id_number: '身份证号',
  ethnic: '民族',
  address: '住址',
  id_authority: '签发机关',
  id_valid_from: '有效期从',
  id_valid_until: '有效期到',
}

export const CARD_FIELDS = Object.keys(CARD_WORDS) as CardField[]
