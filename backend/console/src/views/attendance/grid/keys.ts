export interface Spot {
  row: number
  column: number
}

const PAGE = 10

/** Where a key leads from a cell of the grid; nothing for keys that are not ours. */
export function moved({ row, column }: Spot, key: string, rows: number, columns: number): Spot | null {
  const to: Record<string, Spot> = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    PageUp: { row: row - PAGE, column },
    PageDown: { row: row + PAGE, column },
    Home: { row, column: 0 },
    End: { row, column: columns - 1 },
  }
  const spot = to[key]
  return spot ? { row: within(spot.row, rows), column: within(spot.column, columns) } : null
}

function within(at: number, count: number): number {
  return Math.max(0, Math.min(at, count - 1))
}
