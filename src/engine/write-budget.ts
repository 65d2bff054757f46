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

  /** Routine writes that this minute still admits. */
  left(): number {
    const now = this.#clock.monotonicMs();
    this.#times = this.#times.filter((at) => now - at < MINUTE_MS);
    return ROUTINE_WRITES_PER_MINUTE - this.#times.length;
  }

  /** Counts one routine write; false when this minute's share is used up. */
  take(): boolean {
    if (this.left() <= 0) return false;
    this.#times.push(this.#clock.monotonicMs());
    return true;
  }
}
