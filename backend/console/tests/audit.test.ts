import { beforeEach, expect, it } from 'vitest'
import { changesOf } from '@/components/audit/changes'
import { actionWords } from '@/components/audit/words'
import { serve } from './support/server'

// The dictionaries are asked for as soon as a code may have to be said in words.
beforeEach(() => void serve(() => ({ body: {} })))

it('actions are said in the words of the pages', () => {
  expect(actionWords('person.unmask')).toBe('查看人员完整信息')
  expect(actionWords('crew.something_new')).toBe('班组 · something_new')
  expect(actionWords('whatever')).toBe('whatever')
})

it('only what differs is shown, without ids and revisions', () => {
  const before = { name: '钢筋一班', leader_name: '张大海', revision: 1, id: 'x' }
  const after = { name: '钢筋二班', leader_name: '张大海', revision: 2, id: 'x' }
  expect(changesOf({ subject_id: '1', before, after })).toEqual([{ name: '名称', before: '钢筋一班', after: '钢筋二班' }])
})

it('something new has nothing before it, and blanks are no change', () => {
  const after = { name: '江门一建', address: null, region_code: '440703', region_name: '广东省江门市蓬江区', upload_state: 'waiting' }
  expect(changesOf({ subject_id: '1', before: null, after })).toEqual([
    { name: '名称', before: '—', after: '江门一建' },
    { name: '地区', before: '—', after: '广东省江门市蓬江区' },
    { name: '上传状态', before: '—', after: '待上传' },
  ])
})
