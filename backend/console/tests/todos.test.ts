import { expect, it } from 'vitest'
import { contractTodos, facesTodo, objectionsTodo, placesOf, todosOf } from '@/views/workbench/todos'

const nothing = { work_type: 0, wage_card: 0, photo: 0, not_uploaded: 0, position: false, venue_code: false, permit: false, parties: [] }
const kindOf = () => '监理单位'

it('says nothing where nothing is missing', () => {
  expect(todosOf(nothing, [{ label: '项目经理', people: 1 }], kindOf)).toEqual([])
})

it('leads from every figure to its rows', () => {
  const missing = { ...nothing, wage_card: 2, photo: 3, not_uploaded: 4, permit: true, parties: [{ kind: '007', name: '某监理' }] }
  const leads = (project?: string) => todosOf(missing as never, [{ label: '项目经理', people: 0 }], kindOf, placesOf(project)).map((todo) => todo.to)
  expect(leads()).toEqual([
    '/roster?tab=incomplete', '/roster?kind=manager', '/units', '/roster?has_photo=false', '/project/info', '/roster?upload_state=waiting',
  ])
  expect(leads('7')).toEqual([
    '/projects/7/roster?tab=incomplete', '/projects/7/roster?kind=manager', '/projects/7/units',
    '/projects/7/roster?has_photo=false', '/projects/7/info', '/projects/7/roster?upload_state=waiting',
  ])
})

it('faces wait for somebody only where there are any', () => {
  expect(facesTodo(undefined)).toEqual([])
  expect(facesTodo(0)).toEqual([])
  expect(facesTodo(3)).toEqual([{ text: '3 组人脸比对待核', to: '/faces', pressing: false }])
})

it('those without a contract are told by their colour', () => {
  expect(contractTodos(undefined)).toEqual([])
  const todos = contractTodos({ red: 2, orange: 0, yellow: 5 })
  expect(todos.map((todo) => [todo.to, todo.pressing])).toEqual([['/contracts?level=red', true], ['/contracts?level=yellow', false]])
  expect(objectionsTodo(1)).toEqual([{ text: '1 条考勤异议待答复', to: '/objections', pressing: false }])
})
