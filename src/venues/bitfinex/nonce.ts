/**
 * Nonces: the wall clock in microseconds with a guard that only ever rises, inside blocks that are
 * reserved on disk first. Neither a restart nor a clock that steps back can repeat or lower one.
 *
 * A block ends half a minute ahead of the clock at most. One that has to begin later than that is
 * a thousand numbers long, so that restarts in a row cannot carry nonces away from the clock and
 * with that from what another program with the same key would use.
 */
import { assert } from '../../core/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Counter } from '../../ports/counter.ts';

/** How far ahead of the clock a block reaches, in microseconds: one reservation per 15 seconds. */
export const NONCE_BLOCK = 30_000_000;
/** Fewest numbers of a block, for when nonces are ahead of the clock. */
export const NONCE_BLOCK_MIN = 1_000;
/** After a refusal: past a request that was overtaken, then further with every refusal in a row. */
const SKIP_FIRST = 2_000_000;
const SKIP_MAX = 600_000_000;
/** Refusals push nonces no further ahead of the clock than an hour. */
export const NONCE_LEAD_MAX = 3_600_000_000;

export class NonceSource {
  readonly #clock: Clock;
  readonly #counter: Counter;
  #last = 0;
  /** The reserved nonces; none at first. */
  #from = 1;
  #to = 0;
  #skip = 0;
  #renewal: Promise<void> | null = null;

  constructor(clock: Clock, counter: Counter) {
    this.#clock = clock;
    this.#counter = counter;
  }

  /**
   * The next nonce, above every earlier one of this key. Ready at once while a block lasts; what
   * is left of a block that the clock has passed is used rather than waiting for the disk.
   * @throws when a block is needed and cannot be made durable: then nothing may be signed.
   */
  async take(): Promise<number> {
    for (let tries = 0; tries < 3; tries += 1) {
      const lowest = Math.max(this.#last + 1, this.#from);
      const wanted = Math.max(lowest, this.#nowMicros());
      const nonce = wanted <= this.#to ? wanted : lowest;
      if (nonce <= this.#to) {
        this.#last = nonce;
        if (this.#isShort()) this.#renewInBackground();
        return nonce;
      }
      await this.#renew();
    }
    throw new RangeError('expected a reserved nonce, was none after three reservations');
  }

  /** The venue found a nonce too small: the next ones leave a gap, twice as wide each time. */
  refused(): void {
    this.#skip = Math.min(Math.max(this.#skip * 2, SKIP_FIRST), SKIP_MAX);
    const now = this.#nowMicros();
    const skipped = Math.min(Math.max(this.#last, now) + this.#skip, now + NONCE_LEAD_MAX);
    this.#last = Math.max(this.#last, skipped);
  }

  /** The venue took a nonce: the next refusal begins with a small gap again. */
  accepted(): void {
    this.#skip = 0;
  }

  #nowMicros(): number {
    return this.#clock.now() * 1_000;
  }

  #isShort(): boolean {
    const ahead = this.#to - this.#nowMicros();
    return ahead < NONCE_BLOCK / 2 || this.#to - this.#last < NONCE_BLOCK_MIN / 2;
  }

  #renewInBackground(): void {
    // A failure shows when the block runs out and `take` waits for the next reservation.
    this.#renew().catch(() => undefined);
  }

  #renew(): Promise<void> {
    this.#renewal ??= this.#reserve().finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  async #reserve(): Promise<void> {
    const now = this.#nowMicros();
    const floor = Math.max(this.#last, now - 1);
    const reach = now + NONCE_BLOCK;
    const { from, to } = await this.#counter.reserveAbove(floor, NONCE_BLOCK_MIN, reach);
    assert(from > floor, 'a reserved block above its floor');
    assert(to > from && to <= Number.MAX_SAFE_INTEGER, 'a reserved block of safe integers');
    // A block that continues the present one extends it, so that nonces stay close to the clock.
    if (from !== this.#to + 1) this.#from = from;
    this.#to = to;
  }
}
