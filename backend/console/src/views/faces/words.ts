import type { Schema } from '@/api'
import { defineEnum, type Option } from '@/components/enum'

export type Comparison = Schema<'ComparisonRow'>
export type Kind = Schema<'ComparisonKind'>
export type Decision = Schema<'ComparisonDecision'>

export const kindWords = defineEnum({
  one_to_one: { label: '与证件照比对', tone: 'primary' },
  duplicate: { label: '疑似重复人员', tone: 'warning' },
  punch: { label: '打卡照片比对', tone: 'info' },
})

export const verdictWords = defineEnum({
  pass: { label: '一致', tone: 'success' },
  look: { label: '需核对', tone: 'warning' },
  fail: { label: '不一致', tone: 'danger' },
  warning: { label: '相似', tone: 'warning' },
})

export const stateWords = defineEnum({
  open: { label: '待核对', tone: 'warning' },
  decided: { label: '已核对', tone: 'success' },
  outdated: { label: '已失效', tone: 'info' },
})

export const decisionWords = defineEnum({
  same: { label: '同一人', tone: 'success' },
  different: { label: '不是同一人', tone: 'danger' },
  unclear: { label: '无法判断', tone: 'info' },
})

const CHOICES: Record<Kind, Record<Decision, string>> = {
  one_to_one: { same: '是本人', different: '不是本人', unclear: '无法判断' },
  duplicate: { same: '同一人，重复登记', different: '不是同一人', unclear: '无法判断' },
  punch: { same: '是对方，代打卡', different: '不是对方', unclear: '无法判断' },
}

/** What somebody who has looked may say, in the words of the case. */
export function choicesOf(kind: Kind): Option[] {
  return Object.entries(CHOICES[kind]).map(([value, label]) => ({ value, label }))
}

/** What was said; the distance itself where nobody looked. */
export function outcomeWords(row: Pick<Comparison, 'kind' | 'state' | 'decision'>): string {
  if (row.decision) return CHOICES[row.kind][row.decision]
  if (row.state === 'open') return '待核对'
  return row.state === 'outdated' ? '照片已替换或删除' : '距离合格，自动通过'
}

/** Often enough said to be one click. */
export const REASONS: Record<Kind, Record<Decision, string[]>> = {
  one_to_one: {
    same: ['发型、胖瘦有变化，五官一致', '证件照拍摄时间较早，已当面核对本人'],
    different: ['五官明显不同，已通知重新采集', '照片拍成了他人'],
    unclear: ['证件照不清楚，需查看原件', '照片光线太暗，需重新采集'],
  },
  duplicate: {
    same: ['两份档案为同一人，已通知更正', '使用了他人身份证登记'],
    different: ['双胞胎或兄弟姐妹', '长相相近，已核对身份证'],
    unclear: ['照片不清楚，需重新采集'],
  },
  punch: {
    same: ['代打卡，已批评教育', '代打卡，已通知项目处理'],
    different: ['长相相近，确为本人打卡', '照片中还有旁人'],
    unclear: ['打卡照片模糊，看不清'],
  },
}

/** What follows from it: a comparison itself changes nothing. */
export const ADVICE: Record<Kind, string> = {
  one_to_one: '核对结果只作记录，不影响登记和考勤。不是本人的，请重新采集照片。',
  duplicate: '相似只是提醒，不影响两人的登记和考勤。重复登记的，请由登记单位更正。',
  punch: '打卡记录保持不变。属于代打卡的，请按项目规定处理。',
}

/** 0.43 */
export const formatDistance = (distance: number) => distance.toFixed(2)
