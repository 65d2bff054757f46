/**
 * Nonces: the wall clock in microseconds with a guard that only ever rises, inside blocks that are
 * reserved on disk first. Neither a restart nor a clock that steps back can repeat or lower one.
 */
import { assert } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Counter } from '../../ports/counter.ts';

/** Ten minutes of microseconds: one reservation, so one fsync, per five minutes of running. */
export const NONCE_BLOCK = 600_000_000;
/** After a refusal: far enough to pass another writer's clock, near enough to be caught up with. */
const SKIP_AHEAD = 5_000_000;

export class NonceSource {
  readonly #clock: Clock;
  readonly #counter: Counter;
  #last = 0;
  /** The reserved nonces not yet handed out; `#to` itself is not one of them. */
  #from = 0;
  #to = 0;
  #renewal: Promise<void> | null = null;

  constructor(clock: Clock, counter: Counter) {
    this.#clock = clock;
    this.#counter = counter;
  }

  /**
   * The next nonce, above every earlier one of this key. Ready at once while a block lasts.
   * @throws when a block is needed and cannot be made durable: then nothing may be signed.
   */
  async take(): Promise<number> {
    for (let tries = 0; tries < 3; tries += 1) {
      const candidate = Math.max(this.#last + 1, this.#from, this.#clock.now() * 1_000);
      if (candidate < this.#to) {
        this.#last = candidate;
        if (this.#to - candidate < NONCE_BLOCK / 2) this.#renewInBackground(candidate);
        return candidate;
      }
      await this.#renew(candidate - 1);
    }
    throw new RangeError('expected a reserved nonce, was none after three reservations');
  }

  /** Leaves a gap after the venue found a nonce too small. */
  skipAhead(): void {
    this.#last += SKIP_AHEAD;
  }

  #renewInBackground(floor: number): void {
    // A failure shows when the block runs out and `take` waits for the next reservation.
    this.#renew(floor).catch(() => undefined);
  }

  #renew(floor: number): Promise<void> {
    this.#renewal ??= this.#reserve(floor).finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  async #reserve(floor: number): Promise<void> {
    const { from, to } = await this.#counter.reserveAbove(floor, NONCE_BLOCK);
    assert(from >= floor, 'a reserved block above its floor');
    assert(to > from && to <= Number.MAX_SAFE_INTEGER, 'a reserved block of safe integers');
    // A block that continues the present one extends it, so that nonces stay close to the clock.
    const continues = from >= this.#to && from - this.#to <= 1;
    if (!continues || this.#to === 0) this.#from = from;
    this.#to = to;
  }
}
