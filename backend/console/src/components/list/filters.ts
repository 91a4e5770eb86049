import { formatDate, formatDateTime, formatNumber, formatText } from '../format'
import type { Column, Filter } from './types'

export type FilterValue = string | string[] | null
export type FilterValues = Record<string, FilterValue>

/** The names under which a filter's value is in the address and in the request. */
export function parameterNames(filter: Filter): string[] {
  if (filter.type !== 'date-range') return [filter.key]
  return filter.names ?? [`${filter.key}_from`, `${filter.key}_to`]
}

export function emptyValues(filters: readonly Filter[]): FilterValues {
  return Object.fromEntries(filters.map((filter) => [filter.key, isMultiple(filter) ? [] : null]))
}

export function toParameters(filters: readonly Filter[], values: FilterValues): Record<string, string> {
  const parameters: Record<string, string> = {}
  for (const filter of filters) {
    const value = values[filter.key]
    const parts = filter.type === 'date-range' ? asArray(value) : [asArray(value).join(',')]
    parameterNames(filter).forEach((name, at) => {
      const part = parts[at]?.trim()
      if (part) parameters[name] = part
    })
  }
  return parameters
}

export function fromParameters(filters: readonly Filter[], read: (name: string) => string): FilterValues {
  return Object.fromEntries(
    filters.map((filter) => {
      const parts = parameterNames(filter).map(read)
      if (filter.type === 'date-range') return [filter.key, parts.every(Boolean) ? parts : null]
      const value = parts[0] ?? ''
      if (isMultiple(filter)) return [filter.key, value === '' ? [] : value.split(',')]
      return [filter.key, value === '' ? null : value]
    }),
  )
}

function isMultiple(filter: Filter): boolean {
  return filter.type === 'select' && filter.multiple === true
}

function asArray(value: FilterValue | undefined): string[] {
  if (Array.isArray(value)) return value
  return value ? [value] : []
}

/** The plain text of a cell; tags, links and masked values dress it up. */
export function cellText<Row>(column: Column<Row>, row: Row): string {
  const value = cellValue(column, row)
  switch (column.type) {
    case 'number':
      return formatNumber(value)
    case 'date':
      return formatDate(value)
    case 'datetime':
      return formatDateTime(value)
    case 'tag':
      return column.enum.label(value)
    default:
      return formatText(value)
  }
}

export function cellValue<Row>(column: Column<Row>, row: Row): unknown {
  return column.value ? column.value(row) : (row as Record<string, unknown>)[column.key]
}
