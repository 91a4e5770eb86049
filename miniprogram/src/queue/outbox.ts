import { ApiError, asApiError } from '@/api/errors'
import { uuid } from '@/api/uuid'

/** Something the server does not have yet. What it says is taken from the draft when it is sent: the newest. */
export interface Parcel<What extends string = string> {
  what: What
  /** One key for one intention: a repeat after a lost answer changes nothing. */
  key: string
  tries: number
  /** The server has said no: what waits behind it waits until it is put right. */
  refused: { message: string; fields: Record<string, string> } | null
}

export type OutboxState = 'idle' | 'sending' | 'waiting' | 'refused'

export interface OutboxPorts<What extends string> {
  load(): Parcel<What>[]
  save(parcels: Parcel<What>[]): void
  send(parcel: Parcel<What>): Promise<void>
  changed(): void
  /** Calls back after so many milliseconds; the answer stops it. */
  later(act: () => void, milliseconds: number): () => void
}

const FIRST_WAIT = 2_000
const LONGEST_WAIT = 60_000

/**
 * Sends parcels one at a time in the order of their ranks, keeps what did not get through, and tries it again: after a
 * while, and whenever `flush` is called because there is a network again. Nothing leaves it that the server has not taken.
 */
export class Outbox<What extends string> {
  private parcels: Parcel<What>[]
  private flight: Promise<void> | null = null
  private stopWaiting: (() => void) | null = null
  private wait = FIRST_WAIT

  constructor(
    private readonly ranks: readonly What[],
    private readonly ports: OutboxPorts<What>,
  ) {
    this.parcels = ports.load()
  }

  get waiting(): readonly Parcel<What>[] {
    return this.parcels
  }

  get state(): OutboxState {
    if (this.flight) return 'sending'
    const first = this.parcels[0]
    if (!first) return 'idle'
    if (first.refused) return 'refused'
    // What has not been tried is about to be.
    return first.tries > 0 ? 'waiting' : 'sending'
  }

  has(what: What): boolean {
    return this.parcels.some((parcel) => parcel.what === what)
  }

  refusal(what: What): Parcel['refused'] {
    return this.parcels.find((parcel) => parcel.what === what)?.refused ?? null
  }

  /** A newer one takes the place of what waits under the same name. */
  put(what: What): void {
    const others = this.parcels.filter((parcel) => parcel.what !== what)
    others.push({ what, key: uuid(), tries: 0, refused: null })
    this.keep(others.sort((a, b) => this.ranks.indexOf(a.what) - this.ranks.indexOf(b.what)))
    void this.flush()
  }

  drop(what: What): void {
    this.keep(this.parcels.filter((parcel) => parcel.what !== what))
  }

  clear(): void {
    this.stopWaiting?.()
    this.keep([])
  }

  /** Until everything is sent or something stands in the way. Whoever calls while it runs waits for the same. */
  flush(): Promise<void> {
    this.flight ??= this.run().finally(() => {
      this.flight = null
      this.ports.changed()
    })
    return this.flight
  }

  /** The network has come back: an attempt that began without it does not count. */
  async flushAgain(): Promise<void> {
    if (this.flight) await this.flight
    return this.flush()
  }

  private async run(): Promise<void> {
    this.stopWaiting?.()
    this.stopWaiting = null
    for (let next = this.parcels[0]; next && !next.refused; next = this.parcels[0]) {
      this.ports.changed()
      try {
        await this.ports.send(next)
        this.wait = FIRST_WAIT
        this.settle(next, null)
      } catch (cause) {
        const error = asApiError(cause)
        if (isPassing(error)) return this.tryLater(next)
        this.settle(next, { message: error.sentence, fields: error.fields })
      }
    }
  }

  private tryLater(parcel: Parcel<What>): void {
    parcel.tries += 1
    this.keep(this.parcels)
    this.stopWaiting = this.ports.later(() => void this.flush(), this.wait)
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT)
  }

  /** Only what was sent: it may have been replaced in the meantime. */
  private settle(sent: Parcel<What>, refused: Parcel['refused']): void {
    if (refused) this.keep(this.parcels.map((parcel) => (parcel.key === sent.key ? { ...parcel, refused } : parcel)))
    else this.keep(this.parcels.filter((parcel) => parcel.key !== sent.key))
  }

  private keep(parcels: Parcel<What>[]): void {
    this.parcels = parcels
    this.ports.save(parcels)
    this.ports.changed()
  }
}

/** Somebody whose login has run out logs in again; what they entered is not wrong. */
function isPassing(error: ApiError): boolean {
  return error.isPassing || error.status === 401
}
