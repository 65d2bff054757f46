/** The venue's writes per minute, as a sliding window; routine moves leave room for emergencies. */
import { MINUTE_MS } from '../../core/time.ts';

/** Share of the limit that routine moves may use. */
const ROUTINE_SHARE = 0.5;

export class WriteLimit {
  readonly #perMinute: number;
  /** Moments at which writes were or will be sent, ascending. */
  #times: number[] = [];
  #routine: number[] = [];
  #count = 0;
  #worstMinute = 0;

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /** The same window from here on, beside this one. */
  clone(): WriteLimit {
    const copy = new WriteLimit(this.#perMinute);
    copy.#times = [...this.#times];
    copy.#routine = [...this.#routine];
    copy.#count = this.#count;
    copy.#worstMinute = this.#worstMinute;
    return copy;
  }

  get count(): number {
    return this.#count;
  }

  /** The most writes within any minute. */
  get worstMinute(): number {
    return this.#worstMinute;
  }

  /** How many writes the window still has room for. */
  left(now: number): number {
    const used = this.#times.filter((at) => at > now - MINUTE_MS).length;
    return Math.max(0, this.#perMinute - used);
  }

  /** The moment at which an emergency write can be sent: now, or when the window lets it. */
  reserve(now: number): number {
    const at = Math.max(now, this.#freeAt());
    this.#take(at);
    return at;
  }

  /** Takes a routine write if one is to be had at this moment. */
  takeRoutine(now: number): boolean {
    this.#routine = this.#routine.filter((at) => now - at < MINUTE_MS);
    const isUsedUp = this.#routine.length >= Math.max(1, this.#perMinute * ROUTINE_SHARE);
    if (isUsedUp || this.#freeAt() > now) return false;
    this.#routine.push(now);
    this.#take(now);
    return true;
  }

  #freeAt(): number {
    const oldest = this.#times[this.#times.length - this.#perMinute];
    return oldest === undefined ? Number.NEGATIVE_INFINITY : oldest + MINUTE_MS;
  }

  #take(at: number): void {
    while ((this.#times[0] ?? at) <= at - 2 * MINUTE_MS) this.#times.shift();
    this.#times.push(at);
    this.#count += 1;
    let inside = 0;
    for (const time of this.#times) if (time > at - MINUTE_MS) inside += 1;
    this.#worstMinute = Math.max(this.#worstMinute, inside);
  }
}
