import type { components } from './schema'

/** A type of the server's OpenAPI document, by its name there. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]

export interface Page<Row> {
  items: Row[]
  total: number
  /** Counting stopped at `total`: there are more. */
  total_capped?: boolean
  page: number
  page_size: number
}

export { api, uuid, type Query, type WriteOptions } from './client'
export { ApiError, asApiError, STALE_MESSAGE } from './errors'
