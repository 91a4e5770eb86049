import type { Query } from '@/api'
import type { EnumMap, Option } from '../enum'

/** Loads the options of a remote select: called with what was typed, '' at first. */
export type LoadOptions = (typed: string) => Promise<Option[]>

interface FilterBase {
  /** Name of the query parameter. A date range sends `<key>_from` and `<key>_to`, unless it has `names`. */
  key: string
  label: string
  placeholder?: string
  /** Always has a value, so it cannot be cleared: a statistic is of some day. Its first one stands in `initial`. */
  required?: boolean
}

export type Filter = FilterBase &
  (
    | { type: 'text' }
    | { type: 'select'; options: Option[] | EnumMap; multiple?: boolean }
    /** `nameOf` says what a value is called that came with the address and was not chosen from the options. */
    | { type: 'remote'; load: LoadOptions; nameOf?: (value: string) => Promise<string> }
    | { type: 'date' }
    | { type: 'month' }
    | { type: 'date-range'; names?: [from: string, to: string] }
    | { type: 'region' }
  )

interface ColumnBase<Row> {
  /** Field of the row; also the slot's name (`#cell-<key>`) and what is sent in `sort`. */
  key: string
  label: string
  width?: number
  minWidth?: number
  fixed?: 'left' | 'right'
  align?: 'left' | 'center' | 'right'
  sortable?: boolean
  /** Where the text comes from, when it is not simply the field. */
  value?: (row: Row) => unknown
}

export type Column<Row> = ColumnBase<Row> &
  (
    | { type?: 'text' | 'number' | 'date' | 'datetime' | 'mono' }
    | { type: 'tag'; enum: EnumMap }
    /** Shown as the server masked it; `reveal` asks for the whole, which the server records, unless there is a `refusal`. */
    | { type: 'masked'; reveal?: (row: Row) => Promise<string>; refusal?: (row: Row) => string | undefined; permission?: string }
    /** Where it leads to nothing, it is only text. */
    | { type: 'link'; to: (row: Row) => string | undefined }
  )

export interface ListSpec<Row> {
  /** Of the query cache: invalidate `[key]` after a write that changes the list. */
  key: string
  /** The field that tells rows apart; `id`, unless said otherwise. */
  rowKey?: string
  /** `/projects`, or a function where it depends on something reactive; '' means: not yet. */
  path: string | (() => string)
  columns: Column<Row>[]
  filters?: Filter[]
  /** `-created_at`: newest first. */
  sort?: string
  pageSize?: number
  /**
   * For filters that do not belong into an address, such as names and ID numbers: the list is a POST with this body.
   * Together with `state: 'local'`, else they stand in the browser's address after all.
   */
  body?: (filters: Record<string, string>) => Record<string, unknown>
  /** Of an endpoint which answers all rows at once: those that belong in this list. */
  keep?: (row: Row) => boolean
  /** Always sent, not shown. */
  query?: () => Query
  selectable?: boolean | ((row: Row) => boolean)
  /** POST with the filters as body; answers a job which the tray follows. */
  exportPath?: string | (() => string)
  exportLabel?: string
  /** Width of the column which holds the `#row` slot. */
  rowActionsWidth?: number
  empty: { title: string; hint: string }
  /** 'local' for lists inside drawers and tabs, whose state must not be in the address. */
  state?: 'url' | 'local'
  /** Filters a local list takes from the address once, when it opens: a figure leads to its rows. Never personal data. */
  seeds?: readonly string[]
  /** What a list starts from and what 【重置】 goes back to. In an address list, of filters that are `required`. */
  initial?: Record<string, string>
}

/** Gives the declaration its types; does nothing. */
export function defineList<Row>(spec: ListSpec<Row>): ListSpec<Row> {
  return spec
}
