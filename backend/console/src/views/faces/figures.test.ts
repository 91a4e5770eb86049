import { expect, it } from 'vitest'
import { binsOf, judgedAt, limitsOf, outcomeOf, shareOf, type Point } from './figures'
import { placeOf, scaleWords, zonesOf } from './scale'

const point = (distance: number, decision: Point['decision'] = null, verdict: Point['verdict'] = 'look'): Point => ({ distance, decision, verdict })

it('what passed by itself is not what somebody has looked at', () => {
  expect(outcomeOf(point(0.3, null, 'pass'))).toBe('passed')
  expect(outcomeOf(point(0.3, 'different', 'pass'))).toBe('different')
  expect(outcomeOf(point(0.45))).toBe('waiting')
})

it('a distance stands in the step it begins, and the furthest in the last', () => {
  const bins = binsOf([point(0.4, 'same'), point(0.419, 'same'), point(0.42, 'different'), point(1.7, 'different'), point(0)])
  expect(bins).toHaveLength(50)
  expect(bins[20]?.same).toBe(2)
  expect(bins[21]).toMatchObject({ same: 0, different: 1 })
  expect(bins[49]?.different).toBe(1)
  expect(bins[0]?.waiting).toBe(1)
})

it('a limit is judged by what people have decided, and by nothing else', () => {
  const points = [point(0.3, 'same'), point(0.4, 'same'), point(0.46, 'same'), point(0.38, 'different'), point(0.6, 'different'), point(0.2, 'unclear'), point(0.2, null, 'pass')]
  expect(judgedAt(points, 0.4)).toEqual({ same: 3, different: 2, sameWithin: 2, differentWithin: 1 })
  expect(judgedAt(points, 0.37)).toMatchObject({ sameWithin: 1, differentWithin: 0 })
  expect(shareOf(2, 3)).toBe('66.7%')
  expect(shareOf(0, 0)).toBe('—')
})

it('the limits drawn are those of the kind', () => {
  const limits = { pass: 0.4, look: 0.5, duplicate: 0.35 }
  expect(limitsOf(limits, 'one_to_one').map((line) => line.at)).toEqual([0.4, 0.5])
  expect(limitsOf(limits, 'duplicate').map((line) => line.at)).toEqual([0.35])
  expect(limitsOf(null, 'punch')).toEqual([])
})

it('the scale says what a distance means under the limits of the time', () => {
  const row = { kind: 'one_to_one' as const, limit_pass: 0.4, limit_look: 0.5, limit_duplicate: 0.35 }
  expect(scaleWords({ ...row, distance: 0.4 })).toBe('距离 0.40，一致')
  expect(scaleWords({ ...row, distance: 0.45 })).toBe('距离 0.45，需核对')
  expect(scaleWords({ ...row, distance: 0.95 })).toBe('距离 0.95，不一致')
  expect(scaleWords({ ...row, kind: 'duplicate', distance: 0.3 })).toBe('距离 0.30，相似')
  // Limits in the wrong order leave nothing to look at.
  expect(zonesOf({ ...row, limit_pass: 0.6 }).map((zone) => zone.label)).toEqual(['一致', '不一致'])
  expect(placeOf(2)).toBe(100)
})
