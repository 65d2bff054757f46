/**
 * One lane per key. Nonces must reach the venue in order, so the next signed request is written
 * only after the former's reply. Writes overtake waiting reads, and a read that keeps a write
 * waiting is given up: it can be asked again, the write cannot wait.
 */
import PQueue from 'p-queue';
import { BallastError } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';

export type LaneKind = 'write' | 'urgent_read' | 'read';

export class LaneFullError extends BallastError {}

const PRIORITY: Readonly<Record<LaneKind, number>> = { write: 2, urgent_read: 1, read: 0 };
const WAITING_MAX = 500;

export class Lane {
  readonly #queue = new PQueue({ concurrency: 1 });
  readonly #clock: Clock;
  readonly #readHoldsWriteMs: number;
  #readUnderWay: AbortController | null = null;

  constructor(clock: Clock, readHoldsWriteMs: number) {
    this.#clock = clock;
    this.#readHoldsWriteMs = readHoldsWriteMs;
  }

  /**
   * Runs the work when its turn comes. A read's signal fires when a write has waited too long.
   * @throws LaneFullError for reads when too many are waiting already; writes always get in.
   */
  async run<T>(kind: LaneKind, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (kind !== 'write' && this.#queue.size >= WAITING_MAX) {
      throw new LaneFullError(`expected at most ${WAITING_MAX} waiting requests`);
    }
    const cancel = kind === 'write' ? this.#preemptLater() : undefined;
    const turn = async (): Promise<T> => {
      cancel?.();
      const abort = new AbortController();
      this.#readUnderWay = kind === 'write' ? null : abort;
      try {
        return await work(abort.signal);
      } finally {
        this.#readUnderWay = null;
      }
    };
    return this.#queue.add(turn, { priority: PRIORITY[kind] });
  }

  #preemptLater(): () => void {
    return this.#clock.after(this.#readHoldsWriteMs, () => this.#readUnderWay?.abort());
  }
}
