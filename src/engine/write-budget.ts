/**
 * How many writes a minute routine moves may use. The venue limits writes per minute; what the
 * routine leaves unused is there when a position is in danger.
 */
import { MINUTE_MS } from '../core/time.ts';
import type { Clock } from '../ports/clock.ts';

const ROUTINE_WRITES_PER_MINUTE = 45;

export class WriteBudget {
  readonly #clock: Clock;
  #times: number[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts one routine write; false when this minute's share is used up. */
  take(): boolean {
    const now = this.#clock.monotonicMs();
    this.#times = this.#times.filter((at) => now - at < MINUTE_MS);
    if (this.#times.length >= ROUTINE_WRITES_PER_MINUTE) return false;
    this.#times.push(now);
    return true;
  }
}
