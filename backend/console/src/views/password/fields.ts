import { defineFields } from '@/components/form/types'
import { passwordProblem } from './rules'

export const passwordFields = (login: string) =>
  defineFields([
    { key: 'current_password', label: '当前密码', type: 'password', required: true, maxLength: 128 },
    {
      key: 'new_password',
      label: '新密码',
      type: 'password',
      required: true,
      maxLength: 128,
      hint: '12 位以上；或 10 位以上，并包含大写字母、小写字母、数字、符号中的三种',
      check: (value, values) =>
        value === values['current_password'] ? '新密码不能与当前密码相同' : passwordProblem(String(value), login),
    },
    {
      key: 'repeated_password',
      label: '再输一次新密码',
      type: 'password',
      required: true,
      maxLength: 128,
      check: (value, values) => (value === values['new_password'] ? undefined : '两次输入的新密码不一致'),
    },
  ])
