import { defineEnum } from '@/components/enum'

export const messageKind = defineEnum({
  registration_approved: { label: '登记通过', tone: 'success' },
  registration_refused: { label: '登记未通过', tone: 'warning' },
  transferred: { label: '转入项目', tone: 'primary' },
  contract_due: { label: '未签合同', tone: 'warning' },
  punch_missing: { label: '缺少考勤', tone: 'warning' },
  objection_answered: { label: '申诉答复', tone: 'primary' },
})

export const messageState = defineEnum({
  waiting: { label: '待发送', tone: 'primary' },
  sent: { label: '已发送', tone: 'success' },
  failed: { label: '未送达', tone: 'danger' },
  no_phone: '没有绑定微信',
})

export const messageWay = defineEnum({ mini_program: '小程序', account: '公众号' })
