import type { Schema } from '@/api'
import type { ChartOption } from '@/components/charts/AppChart.vue'
import { CHART, CHART_TEXT, CHART_TOOLTIP } from '@/components/charts/theme'
import type { Kind } from './words'

export type Point = Pick<Schema<'FigurePoint'>, 'distance' | 'verdict' | 'decision'>
type Limits = Schema<'FigureLimits'>

/** What became of a comparison. Nobody has looked at what passed by itself. */
export type Outcome = 'same' | 'different' | 'unclear' | 'passed' | 'waiting'

export const WIDTH = 0.02
const FURTHEST = 1

const SERIES: { outcome: Outcome; name: string; color: string }[] = [
  { outcome: 'same', name: '核对为同一人', color: CHART.primary },
  { outcome: 'different', name: '核对为不同人', color: '#c0402c' },
  { outcome: 'unclear', name: '无法判断', color: '#d9b676' },
  { outcome: 'passed', name: '自动通过', color: CHART.soft },
  { outcome: 'waiting', name: '未核对', color: '#d5ddda' },
]

export function outcomeOf(point: Point): Outcome {
  return point.decision ?? (point.verdict === 'pass' ? 'passed' : 'waiting')
}

/** How many of each outcome stand in each step of the scale; what is further away is in the last. */
export function binsOf(points: readonly Point[]): Record<Outcome, number>[] {
  const count = Math.round(FURTHEST / WIDTH)
  const bins = Array.from({ length: count }, () => ({ same: 0, different: 0, unclear: 0, passed: 0, waiting: 0 }))
  for (const point of points) {
    // A hair's breadth, so that 0.40 stands where it begins and not one step before.
    const bin = bins[Math.min(Math.max(Math.floor(point.distance / WIDTH + 1e-9), 0), count - 1)]
    if (bin) bin[outcomeOf(point)] += 1
  }
  return bins
}

export interface Judged {
  /** Of what somebody has looked at. */
  same: number
  different: number
  /** Of those, how many a limit lets through. */
  sameWithin: number
  differentWithin: number
}

/** What a limit would have done to what people have decided since. */
export function judgedAt(points: readonly Point[], limit: number): Judged {
  const judged: Judged = { same: 0, different: 0, sameWithin: 0, differentWithin: 0 }
  for (const { decision, distance } of points) {
    if (decision !== 'same' && decision !== 'different') continue
    judged[decision] += 1
    // The slider goes by hundredths, and a distance that equals the limit is within it.
    if (distance <= limit + 1e-9) judged[decision === 'same' ? 'sameWithin' : 'differentWithin'] += 1
  }
  return judged
}

export function shareOf(part: number, whole: number): string {
  return whole === 0 ? '—' : `${Math.round((part / whole) * 1000) / 10}%`
}

/** The limits that concern a kind, as they are drawn. */
export function limitsOf(limits: Limits | null | undefined, kind: Kind): { at: number; name: string }[] {
  if (!limits) return []
  if (kind !== 'one_to_one') return [{ at: limits.duplicate, name: '提醒' }]
  return [{ at: limits.pass, name: '一致' }, { at: limits.look, name: '待核' }]
}

export function figuresChart(points: readonly Point[], lines: readonly { at: number; name: string }[]): ChartOption {
  const bins = binsOf(points)
  const middle = (at: number) => Math.round((at + 0.5) * WIDTH * 1000) / 1000
  return {
    textStyle: CHART_TEXT,
    animationDuration: 300,
    grid: { left: 44, right: 24, top: 56, bottom: 44 },
    legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12, itemGap: 20, textStyle: CHART_TEXT },
    tooltip: { ...CHART_TOOLTIP, axisPointer: { type: 'shadow' }, formatter: (at) => tooltipOf(bins, at) },
    xAxis: {
      type: 'value', min: 0, max: FURTHEST, interval: 0.1, name: '人脸距离（越小越像）', nameLocation: 'middle', nameGap: 28,
      nameTextStyle: CHART_TEXT, splitLine: { show: false }, axisLine: { lineStyle: { color: CHART.axis } },
      axisLabel: { ...CHART_TEXT, formatter: (at: number) => at.toFixed(1) },
    },
    yAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: CHART.line } }, axisLabel: CHART_TEXT },
    series: SERIES.map(({ outcome, name, color }, nth) => ({
      name, type: 'bar', stack: 'all', barWidth: '94%', itemStyle: { color }, emphasis: { disabled: true },
      data: bins.map((bin, at) => [middle(at), bin[outcome]]),
      ...(nth === 0 && {
        markLine: {
          symbol: 'none', silent: true, animation: false,
          lineStyle: { color: CHART.strong, type: 'dashed', width: 1 },
          label: { ...CHART_TEXT, color: CHART.strong, formatter: '{b}' },
          data: lines.map((line) => ({ xAxis: line.at, name: `${line.name} ${line.at.toFixed(2)}` })),
        },
      }),
    })),
  }
}

/** Only numbers and words of our own go into this HTML. */
function tooltipOf(bins: readonly Record<Outcome, number>[], points: unknown): string {
  const index = (Array.isArray(points) ? (points[0] as { dataIndex?: number } | undefined)?.dataIndex : undefined) ?? 0
  const bin = bins[index]
  if (!bin) return ''
  const from = (index * WIDTH).toFixed(2)
  const to = ((index + 1) * WIDTH).toFixed(2)
  const lines = SERIES.filter(({ outcome }) => bin[outcome] > 0).map(({ outcome, name }) => `${name} <b>${bin[outcome]}</b>`)
  return `距离 ${from}—${to}<br>${lines.join('<br>') || '没有比对'}`
}
