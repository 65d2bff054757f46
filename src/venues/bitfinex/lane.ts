/**
 * The order of signed requests of one key. Nonces must rise as they reach the venue, so writes go
 * one after the other, and no read begins while a write is waiting or under way. A write does not
 * wait for a read that has been sent: its nonce is the higher one, so at worst the read arrives
 * late, is refused as `nonce: small` and is asked again.
 *
 * Authenticating the WebSocket has the lane to itself, until a write has waited too long.
 */
import PQueue from 'p-queue';
import { BallastError } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';

export type LaneKind = 'write' | 'urgent_read' | 'read';

export class LaneFullError extends BallastError {}

const PRIORITY: Readonly<Record<LaneKind, number>> = { write: 2, urgent_read: 1, read: 0 };
const WAITING_MAX = 500;

export class Lane {
  readonly #writes = new PQueue({ concurrency: 1 });
  readonly #reads = new PQueue({ concurrency: 1 });
  readonly #clock: Clock;
  readonly #holdsWriteMs: number;
  #exclusive: AbortController | null = null;

  /** @param holdsWriteMs how long a write waits for an authentication before it is given up. */
  constructor(clock: Clock, holdsWriteMs: number) {
    this.#clock = clock;
    this.#holdsWriteMs = holdsWriteMs;
  }

  /**
   * Runs the work when its turn comes. The signal of exclusive work fires when a write waits.
   * @throws LaneFullError for reads when too many are waiting already; writes always get in.
   */
  async run<T>(kind: LaneKind, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (kind === 'write') return this.#write(work);
    if (this.#reads.size >= WAITING_MAX) {
      throw new LaneFullError(`expected at most ${WAITING_MAX} waiting requests`);
    }
    const turn = kind === 'read' ? () => this.#read(work) : () => this.#alone(work);
    return this.#reads.add(turn, { priority: PRIORITY[kind] });
  }

  #write<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const cancel = this.#clock.after(this.#holdsWriteMs, () => this.#exclusive?.abort());
    return this.#writes.add(() => {
      cancel();
      return work(new AbortController().signal);
    });
  }

  async #read<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    await this.#writes.onIdle();
    return work(new AbortController().signal);
  }

  #alone<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return this.#writes.add(async () => {
      const abort = new AbortController();
      this.#exclusive = abort;
      try {
        return await work(abort.signal);
      } finally {
        this.#exclusive = null;
      }
    });
  }
}
