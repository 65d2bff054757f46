/** Counts events and tells how many there were in the last minute, in constant memory. */
import { MINUTE_MS, SECOND_MS } from '../core/time.ts';
import type { Clock } from '../ports/clock.ts';

const BUCKETS = MINUTE_MS / SECOND_MS;

export class RateMeter {
  readonly #clock: Clock;
  readonly #counts = new Array<number>(BUCKETS).fill(0);
  #second: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#second = this.#now();
  }

  count(): void {
    this.#turn();
    const index = this.#second % BUCKETS;
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
  }

  lastMinute(): number {
    this.#turn();
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  /** Empties the buckets of the seconds that went by. */
  #turn(): void {
    const now = this.#now();
    const passed = Math.min(BUCKETS, now - this.#second);
    for (let i = 1; i <= passed; i += 1) this.#counts[(this.#second + i) % BUCKETS] = 0;
    this.#second = now;
  }

  #now(): number {
    return Math.floor(this.#clock.monotonicMs() / SECOND_MS);
  }
}
