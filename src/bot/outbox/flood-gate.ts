/** Telegram's "retry after": for one chat, and for all once two are refused at the same time. */
import type { Clock } from '../../ports/clock.ts';

/** Nothing sensible asks for more. */
const WAIT_MS_MAX = 24 * 3_600_000;
/** After a wait for all, the urgent go first. */
const RANK_MS = 50;

export class FloodGate {
  readonly #clock: Clock;
  readonly #untilMs = new Map<number, number>();
  #allUntilMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  refused(chatId: number, waitMs: number): void {
    const now = this.#clock.monotonicMs();
    const until = now + Math.min(waitMs, WAIT_MS_MAX);
    for (const [other, untilMs] of this.#untilMs) {
      if (untilMs <= now) this.#untilMs.delete(other);
      else if (other !== chatId) this.#allUntilMs = Math.max(this.#allUntilMs, until);
    }
    this.#untilMs.set(chatId, until);
  }

  /** `rank` 0 is the most urgent. */
  waitMs(chatId: number, rank: number): number {
    const now = this.#clock.monotonicMs();
    const own = (this.#untilMs.get(chatId) ?? 0) - now;
    const all = this.#allUntilMs - now;
    return Math.max(0, own, all > 0 ? all + rank * RANK_MS : 0);
  }
}
