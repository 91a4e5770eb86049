import { describe, expect, it } from 'vitest'
import { ApiError } from '@/api'
import { atFields, toForm, toValues } from './form'

const builder = { kind: '008' as const, name: '江门市滨江开发有限公司', credit_code: '91440700MA4W1A2B37' }

describe('the project form', () => {
  it('shows a line for each of the five parties and sends those that are filled', () => {
    const values = toValues({ name: '滨江新城', parties: [builder] })
    expect((values['parties'] as unknown[]).length).toBe(5)
    expect(toForm(values)['parties']).toEqual([builder])
  })

  it('sends a position as its two numbers, or neither', () => {
    const placed = toForm(toValues({ longitude: 113.1, latitude: 22.5, parties: [] }))
    expect([placed['longitude'], placed['latitude'], 'position' in placed]).toEqual([113.1, 22.5, false])
    expect(toForm(toValues())['longitude']).toBeNull()
  })

  it('puts the reasons of the server where people look for them', () => {
    const blank = { kind: '009' as const, name: '', credit_code: '' }
    const refusal = new ApiError(422, 'invalid', '', {
      'project.parties[0].credit_code': '校验不通过',
      'project.latitude': '不在中国境内',
      'applicant.email': '格式不正确',
    })
    const { fields } = atFields(refusal, [blank, builder])
    expect(fields).toEqual({ parties: '建设单位：校验不通过', position: '不在中国境内', 'applicant.email': '格式不正确' })
  })
})
