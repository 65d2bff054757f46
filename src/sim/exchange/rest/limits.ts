/** The documented request limits, in real time: exceeding one blocks the address for a minute. */
import { MINUTE_MS } from '../../../core/time.ts';
import type { Clock } from '../../../ports/clock.ts';

const BLOCK_MS = MINUTE_MS;
/** Addresses remembered; on loopback there is one. */
const ADDRESSES_MAX = 1_000;

export class SlidingCount {
  #times: number[] = [];

  /** Counts one more; false when it is beyond `most` inside the window. */
  take(now: number, most: number, windowMs: number): boolean {
    this.#times = this.#times.filter((at) => now - at < windowMs);
    if (this.#times.length >= most) return false;
    this.#times.push(now);
    return true;
  }
}

export class RequestLimits {
  readonly #clock: Clock;
  readonly #counts = new Map<string, SlidingCount>();
  readonly #blockedUntil = new Map<string, number>();

  /** @param factor how many times the documented limits are admitted. */
  constructor(
    clock: Clock,
    readonly factor = 1,
  ) {
    this.#clock = clock;
  }

  /** False when the address is blocked or blocks itself by this request. */
  admits(address: string, bucket: string, perMinute: number): boolean {
    const now = this.#clock.monotonicMs();
    if (now < (this.#blockedUntil.get(address) ?? 0)) return false;
    const key = `${address} ${bucket}`;
    const count = this.#counts.get(key) ?? new SlidingCount();
    if (this.#counts.size > ADDRESSES_MAX) this.#counts.clear();
    this.#counts.set(key, count);
    if (count.take(now, perMinute * this.factor, MINUTE_MS)) return true;
    this.#blockedUntil.set(address, now + BLOCK_MS);
    return false;
  }

  /** A block from outside, as the rate limit fault makes it. */
  block(address: string, ms: number): void {
    this.#blockedUntil.set(address, this.#clock.monotonicMs() + ms);
  }
}
