import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Schema } from '@/api'
import { useSession, type Session } from '@/session/store'
import { use } from '../../../tests/support/mount'
import { serve } from '../../../tests/support/server'
import { usePersonRefusal, useRefusal } from './whole'

const OURS = { role: 'company', scope_kind: 'company', scope_id: 'ours', scope_name: '江门一建' }
const REGION = { role: 'regulator', scope_kind: 'region', scope_id: '440700', scope_name: null }

function as<Result>(grant: object, composable: () => Result) {
  return use(() => {
    useSession().accept({ account: { id: 'a' }, csrf_token: '', permissions: [], projects: [], grants: [grant] } as unknown as Session)
    return composable()
  })
}

describe('whose numbers are shown in full', () => {
  it('a company sees whom it employs and those in its own units', async () => {
    const { result: refusalOf } = await as(OURS, () => useRefusal('不能'))
    expect(refusalOf({ companyId: 'ours' })).toBeUndefined()
    expect(refusalOf({ companyId: 'theirs', unitNames: ['众合劳务', '江门一建'] })).toBeUndefined()
    expect(refusalOf({ companyId: 'theirs', unitNames: ['众合劳务', null] })).toBe('不能')
    expect(refusalOf({})).toBe('不能')
  })

  it('others see everybody within their reach', async () => {
    const { result: refusalOf } = await as(REGION, () => useRefusal())
    expect(refusalOf({ unitNames: ['众合劳务'] })).toBeUndefined()
  })
})

describe('the page of one person', () => {
  let units: string[] = []
  const person = { id: 'p', company: null, on_site: [{ unit_name: '众合劳务' }], unmask_needs_reason: true } as unknown as Schema<'PersonDetail'>
  const refusal = async (of: Schema<'PersonDetail'> = person) => {
    const calls = serve(() => ({ body: { companies: [], sites: units.map((unit_name) => ({ unit_name })) } }))
    const { result } = await as(OURS, () => usePersonRefusal(() => of))
    await flushPromises()
    return { refusal: result.value, asked: calls.length }
  }
  beforeEach(() => void (units = ['众合劳务']))

  it('knows who once was in a unit of the company', async () => {
    expect((await refusal()).refusal).toContain('其他参建单位')
    units = ['众合劳务', '江门一建']
    expect((await refusal()).refusal).toBeUndefined()
  })

  it('does not ask where the server has said so already', async () => {
    expect(await refusal({ ...person, unmask_needs_reason: false })).toEqual({ refusal: undefined, asked: 0 })
  })
})
