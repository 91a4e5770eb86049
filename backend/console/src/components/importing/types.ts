import { defineEnum } from '../enum'

/** What an import job leaves as its result: the shape all imports of the server share. */
export interface ImportReport {
  dry_run: boolean
  total: number
  notices?: string[]
  /** Missing where jobs are listed. */
  rows?: ImportRow[]
  [count: string]: unknown
}

export interface ImportRow {
  row: number
  name: string
  outcome: string
  message?: string | null
}

export const outcomes = defineEnum({
  failed: { label: '未通过', tone: 'danger' },
  to_confirm: { label: '需确认', tone: 'warning' },
  enterable: { label: '可导入', tone: 'success' },
  entered: { label: '已导入', tone: 'success' },
  already: { label: '已存在', tone: 'info' },
})

/** Problems first: whoever imports 500 rows looks for the three that failed. */
const ORDER = outcomes.options.map(({ value }) => value)

export function inOrder(rows: readonly ImportRow[]): ImportRow[] {
  const rank = (row: ImportRow) => (ORDER.indexOf(row.outcome) + ORDER.length + 1) % (ORDER.length + 1)
  return [...rows].sort((a, b) => rank(a) - rank(b) || a.row - b.row)
}

export function countOf(report: ImportReport, outcome: string): number {
  const told = report[outcome]
  return typeof told === 'number' ? told : (report.rows ?? []).filter((row) => row.outcome === outcome).length
}
