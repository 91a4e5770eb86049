import { expect, it } from 'vitest'
import { usePicked } from '@/views/roster/modules/usePicked'
import { use } from './support/mount'
import { serve } from './support/server'

const NUMBER = '11010519491231002X'
const answer = { known: true, sex: 'male', age: 38, too_young: false, on_site: false, name: '王*', person_id: null }

it('picks a stranger by number only together with the name', async () => {
  serve(() => ({ body: answer }))
  const { result } = await use(() => usePicked(() => 'p'))
  await result.search(NUMBER)
  const [stranger] = result.found.value
  expect(stranger?.stranger).toBe(true)
  if (stranger) result.name(stranger, '  ')
  expect(result.picked.value).toEqual([])
  if (stranger) result.name(stranger, ' 王建国 ')
  expect(result.picked.value.map((one) => one.person)).toEqual([{ id_number: NUMBER, name: '王建国' }])
})

it('picks somebody of its own by their id', async () => {
  serve(() => ({ body: { ...answer, name: '王建国', person_id: 'w' } }))
  const { result } = await use(() => usePicked(() => 'p'))
  await result.search(NUMBER)
  for (const one of result.found.value) result.toggle(one)
  expect(result.picked.value.map((one) => [one.name, one.person])).toEqual([['王建国', { person_id: 'w' }]])
})
