import { dictionary } from '@/components/dictionary'
import { defineEnum } from '@/components/enum'

export const projectStatus = dictionary('project_statuses', {
  '001': 'info',
  '002': 'info',
  '003': 'success',
  '004': 'primary',
  '005': 'danger',
  '006': 'primary',
})
export const projectCategory = dictionary('project_categories')
export const investmentNature = dictionary('investment_natures')
export const structure = dictionary('structures')
export const depositKind = dictionary('deposit_kinds')
export const unitKind = dictionary('unit_kinds')

export const qualified = defineEnum({
  true: { label: '合格', tone: 'success' },
  false: { label: '不合格', tone: 'warning' },
})

export const applicationState = defineEnum({
  pending: { label: '待审核', tone: 'warning' },
  approved: { label: '已通过', tone: 'success' },
  refused: { label: '未通过', tone: 'danger' },
})

/** The five parties, in the order people name them. */
export const PARTIES = [
  { kind: '008', label: '建设单位' },
  { kind: '010', label: '勘察单位' },
  { kind: '011', label: '设计单位' },
  { kind: '007', label: '监理单位' },
  { kind: '009', label: '施工单位' },
] as const
