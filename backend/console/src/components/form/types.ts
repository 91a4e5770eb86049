import type { EnumMap, Option } from '../enum'
import type { LoadOptions } from '../list/types'

export type Values = Record<string, unknown>

interface FieldBase {
  /** Name of the field in the request; the server's `fields.<key>` is shown here. */
  key: string
  label: string
  required?: boolean
  placeholder?: string
  /** One line below the input. */
  hint?: string
  /** Of two columns; a textarea and an upload take both by themselves. */
  span?: 1 | 2
  disabled?: boolean | ((values: Values) => boolean)
  /** A hidden field is neither checked nor sent. */
  visible?: (values: Values) => boolean
  /** A reason in Chinese, or nothing when it is fine. Not asked for empty values. */
  check?: (value: unknown, values: Values) => string | undefined
  /** Starts a group with this heading. */
  group?: string
}

export type Field = FieldBase &
  (
    | { type: 'text' | 'password' | 'tel' | 'email'; maxLength?: number }
    | { type: 'textarea'; rows?: number; maxLength?: number }
    | { type: 'select' | 'radio'; options: Option[] | EnumMap | ((values: Values) => Option[]); multiple?: boolean }
    /**
     * `label` of the present value comes from `values[labelKey]`, e.g. `company_name` for `company_id`. `scope` is what the
     * options depend on, e.g. the unit whose crews they are: when it changes, they are asked for anew.
     */
    | { type: 'remote'; load: LoadOptions; labelKey?: string; scope?: (values: Values) => string; multiple?: boolean }
    | { type: 'date' | 'month'; disabledDate?: (date: Date) => boolean }
    | { type: 'number'; min?: number; max?: number; precision?: number; unit?: string }
    | { type: 'region'; anyLevel?: boolean }
    /** `purpose` says what the server takes: `document` (picture or PDF, unless said otherwise), `photo` or `sheet`. */
    | { type: 'file'; purpose?: FilePurpose; accept?: string; multiple?: boolean }
    | { type: 'switch'; onText?: string; offText?: string }
    /** Two numbers, `longitude` and `latitude`, from the map. */
    | { type: 'position' }
    /** Drawn by the slot `#field-<key>`; still checked and sent. */
    | { type: 'slot' }
  )

export type FilePurpose = 'photo' | 'document' | 'sheet'

/** What `POST /files` answers; a file field's value is one of these, or a list. */
export interface StoredFile {
  id: string
  name: string
  url: string
  download_url?: string
}

export interface Position {
  longitude: number
  latitude: number
}

/** Gives the declaration its types; does nothing. */
export function defineFields(fields: Field[]): Field[] {
  return fields
}
