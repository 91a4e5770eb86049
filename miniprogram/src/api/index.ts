import type { components } from './schema'

/** A type of the server's OpenAPI document, by its name there. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]

export interface Page<Row> {
  items: Row[]
  total: number
  total_capped?: boolean
  page: number
  page_size: number
}

export { api, type CallOptions, type Query } from './client'
export { ApiError, asApiError } from './errors'
export { absolute } from './base'
export { uuid } from './uuid'
export * from './phone'
