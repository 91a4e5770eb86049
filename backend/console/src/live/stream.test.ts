import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openStream, pauseAfter, type Source, type StreamState } from './stream'

/** An `EventSource` whose fate the test decides. */
class Played implements Source {
  readyState = 0
  onopen: (() => void) | null = null
  onerror: (() => void) | null = null
  closed = false
  private readonly heard = new Map<string, (event: { data: string }) => void>()

  addEventListener(name: string, heard: (event: { data: string }) => void) {
    this.heard.set(name, heard)
  }

  close() {
    this.closed = true
  }

  opens() {
    this.readyState = 1
    this.onopen?.()
  }

  /** The line breaks: the browser tries again by itself. */
  breaks() {
    this.readyState = 0
    this.onerror?.()
  }

  /** The server refuses: the browser gives up. */
  isRefused() {
    this.readyState = 2
    this.onerror?.()
  }

  says(name: string, data: string) {
    this.heard.get(name)?.({ data })
  }
}

function start() {
  const made: Played[] = []
  const states: StreamState[] = []
  const heard = vi.fn()
  const recovered = vi.fn()
  const open = () => {
    const source = new Played()
    made.push(source)
    return source
  }
  const stream = openStream({ url: '/live', names: ['punch'], heard, changed: (state) => states.push(state), recovered, open })
  const last = () => made.at(-1) as Played
  return { made, last, states, heard, recovered, stream }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('a stream', () => {
  it('passes on what it understands, and nothing else', () => {
    const { last, heard } = start()
    last().opens()
    last().says('punch', '{"kind":"punch"}')
    last().says('punch', 'not JSON')
    expect(heard.mock.calls).toEqual([['punch', { kind: 'punch' }]])
  })

  it('bears a short break without a word, and reads what was missed', () => {
    const { last, states, recovered } = start()
    last().opens()
    last().breaks()
    vi.advanceTimersByTime(2_000)
    last().opens()
    vi.advanceTimersByTime(10_000)
    expect(states).toEqual(['connecting', 'open', 'open'])
    expect(recovered).toHaveBeenCalledOnce()
  })

  it('says that it is cut off once the break lasts', () => {
    const { last, states } = start()
    last().opens()
    last().breaks()
    vi.advanceTimersByTime(3_000)
    last().breaks()
    expect(states.at(-1)).toBe('lost')
  })

  it('tries again after a refusal, at longer and longer intervals', () => {
    const { made, last, states, recovered } = start()
    last().isRefused()
    vi.advanceTimersByTime(1_500)
    expect(made).toHaveLength(2)
    last().isRefused()
    vi.advanceTimersByTime(1_400)
    expect(made).toHaveLength(2)
    vi.advanceTimersByTime(1_400)
    expect(made).toHaveLength(3)
    last().opens()
    expect(states).toEqual(['connecting', 'lost', 'open'])
    expect(recovered).toHaveBeenCalledOnce()
  })

  it('does not read anything anew when it opens for the first time', () => {
    const { last, recovered } = start()
    last().opens()
    expect(recovered).not.toHaveBeenCalled()
  })

  it('ends for good', () => {
    const { made, last, stream } = start()
    last().isRefused()
    stream.close()
    vi.advanceTimersByTime(60_000)
    expect(made).toHaveLength(1)
  })
})

it('pauses grow up to half a minute, and not everybody comes back at once', () => {
  expect([1, 2, 3, 4, 5, 6, 20].map((failures) => pauseAfter(failures, 0.5))).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
  expect(pauseAfter(1, 0)).toBe(750)
  expect(pauseAfter(1, 1)).toBe(1_250)
})
