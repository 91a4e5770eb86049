import type { ChartOption } from '@/components/charts/AppChart.vue'
import { CHART, CHART_TEXT, CHART_TOOLTIP } from '@/components/charts/theme'
import type { Figures, PeriodFigures, Step } from '../types'
import { durationOf, percentOf } from '../words'
import { longName, shortName } from './periods'

/** On a single day heads are people; over several days what counts is days of people. */
export function measured(figures: Figures, step: Step): { due: number; came: number } {
  return step === 'day'
    ? { due: figures.heads, came: figures.attended }
    : { due: figures.roster_days, came: figures.attended_days }
}

/** How many were due and how many came, as bars; the rate as a line, where a rate is reckoned. */
export function overviewChart(periods: readonly PeriodFigures[], step: Step, stopped: boolean, chosen: number): ChartOption {
  const unit = step === 'day' ? '人' : '人次'
  const of = periods.map((period) => measured(period.total, step))
  return {
    textStyle: CHART_TEXT,
    animationDuration: 300,
    grid: { left: 52, right: stopped ? 16 : 52, top: 40, bottom: 30 },
    legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12, itemGap: 20, textStyle: CHART_TEXT },
    tooltip: { ...CHART_TOOLTIP, formatter: (points) => tooltipOf(periods, step, points) },
    xAxis: {
      type: 'category',
      data: periods.map((period) => shortName(period, step)),
      axisLine: { lineStyle: { color: CHART.axis } },
      axisTick: { show: false },
      axisLabel: { ...CHART_TEXT, hideOverlap: true },
    },
    yAxis: [
      { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: CHART.line } }, axisLabel: CHART_TEXT },
      { type: 'value', show: !stopped, min: 0, max: 1, splitLine: { show: false }, axisLabel: { ...CHART_TEXT, formatter: (rate: number) => `${rate * 100}%` } },
    ],
    series: [
      { name: `应出勤（${unit}）`, type: 'bar', data: of.map(({ due }) => due), barGap: '-100%', barMaxWidth: 34, itemStyle: { color: '#e3eae7', borderRadius: [3, 3, 0, 0] }, emphasis: { disabled: true } },
      {
        name: `出勤（${unit}）`, type: 'bar', barMaxWidth: 34, emphasis: { disabled: true },
        itemStyle: { color: CHART.soft, borderRadius: [3, 3, 0, 0] },
        data: of.map(({ came }, at) => ({ value: came, itemStyle: { color: at === chosen ? CHART.primary : '#87b4ac' } })),
      },
      ...(stopped
        ? []
        : [{
            name: '出勤率', type: 'line' as const, yAxisIndex: 1, connectNulls: false, symbolSize: 5, showSymbol: periods.length <= 31,
            data: periods.map((period) => period.total.rate ?? null),
            lineStyle: { width: 2, color: CHART.warning }, itemStyle: { color: CHART.warning }, emphasis: { disabled: true },
          }]),
    ],
  }
}

/** Only numbers and words of our own go into this HTML. */
function tooltipOf(periods: readonly PeriodFigures[], step: Step, points: unknown): string {
  const at = (Array.isArray(points) ? (points[0] as { dataIndex?: number } | undefined)?.dataIndex : undefined) ?? 0
  const period = periods[at]
  if (!period) return ''
  const { due, came } = measured(period.total, step)
  const unit = step === 'day' ? '人' : '人次'
  const lines = [
    `应出勤 <b>${due}</b> ${unit}`,
    `出勤 <b>${came}</b> ${unit}`,
    `出勤率 <b>${percentOf(period.total.rate)}</b>`,
    `总时长 <b>${durationOf(period.total.minutes)}</b>`,
  ]
  return `${longName(period, step)}<br>${lines.join('<br>')}`
}
