/** What is going on with a stream of events: `lost` means that what the page shows may be old. */
export type StreamState = 'connecting' | 'open' | 'lost'

/** The part of the browser's `EventSource` that is used, so that tests can play one. */
export interface Source {
  readyState: number
  onopen: (() => void) | null
  onerror: (() => void) | null
  addEventListener: (name: string, heard: (event: { data: string }) => void) => void
  close: () => void
}

export interface StreamOptions {
  url: string
  /** Names of the events to listen to. */
  names: readonly string[]
  heard: (name: string, payload: unknown) => void
  changed: (state: StreamState) => void
  /** It is open again after it was lost: what happened meanwhile has to be read. */
  recovered: () => void
  open?: (url: string) => Source
}

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000
/** The browser's own attempts are given this long before the page says that it is cut off. */
const PATIENCE_MS = 3_000
const CLOSED = 2

/** 1, 2, 4, … 30 seconds, a little apart from everybody else who lost the same server. */
export function pauseAfter(failures: number, random = Math.random()): number {
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, failures - 1), LONGEST_PAUSE_MS)
  return Math.round(pause * (0.75 + random * 0.5))
}

/** Keeps a stream open: the browser reconnects after a broken line, and never after a refusal, so that is done here. */
export function openStream(options: StreamOptions): { close: () => void } {
  const make = options.open ?? ((url: string) => new EventSource(url) as unknown as Source)
  let source: Source | null = null
  let failures = 0
  let hadStopped = false
  let retry = 0
  let patience = 0

  function connect(): void {
    source = make(options.url)
    source.onopen = opened
    source.onerror = failed
    for (const name of options.names) source.addEventListener(name, ({ data }) => pass(name, data))
  }

  function opened(): void {
    window.clearTimeout(patience)
    patience = 0
    failures = 0
    options.changed('open')
    if (hadStopped) options.recovered()
    hadStopped = false
  }

  function failed(): void {
    hadStopped = true
    patience ||= window.setTimeout(() => options.changed('lost'), PATIENCE_MS)
    if (source?.readyState !== CLOSED) return
    source.close()
    failures += 1
    window.clearTimeout(retry)
    retry = window.setTimeout(connect, pauseAfter(failures))
  }

  function pass(name: string, data: string): void {
    try {
      options.heard(name, JSON.parse(data))
    } catch {
      // Something this page does not understand is not for it.
    }
  }

  options.changed('connecting')
  connect()
  return {
    close() {
      window.clearTimeout(retry)
      window.clearTimeout(patience)
      source?.close()
    },
  }
}
