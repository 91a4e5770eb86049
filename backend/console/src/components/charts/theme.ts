/** The console's colours for a canvas, which reads no custom properties. They follow `styles/tokens.css`. */
export const CHART = {
  primary: '#0f6a59',
  soft: '#b7d2cd',
  warning: '#b5761a',
  text: '#66756f',
  strong: '#16231f',
  line: '#e8eeeb',
  axis: '#d5ddda',
} as const

const FONT = 'system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif'
export const CHART_TEXT = { fontFamily: FONT, fontSize: 12, color: CHART.text } as const

export const CHART_TOOLTIP = {
  trigger: 'axis' as const,
  backgroundColor: '#fff',
  borderColor: CHART.line,
  padding: [10, 14] as [number, number],
  textStyle: { fontFamily: FONT, fontSize: 13, color: CHART.strong },
  extraCssText: 'box-shadow: 0 8px 24px -6px rgb(16 40 34 / 14%); border-radius: 8px;',
}
