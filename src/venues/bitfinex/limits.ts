/**
 * The venue's documented request limits, kept on our side: a sliding window per endpoint, and one
 * pause for all REST traffic of this address once the venue says that it limits us.
 */
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import type { Clock, Random } from '../../ports/clock.ts';

/** Of 90: with a third of it right after a restart, two lives stay within the venue's figure. */
const READS_PER_MINUTE = 60;

/** Requests a minute. Where sources conflict (candles: 30 or 90) the smaller figure holds. */
export const LIMIT_PER_MINUTE = {
  positions: READS_PER_MINUTE,
  wallets: READS_PER_MINUTE,
  collateral_set: 90,
  collateral_limits: 90,
  order_submit: 90,
  orders_active: 90,
  orders_history: 90,
  trades_history: 15,
  permissions: 90,
  status_deriv: 90,
  conf: 90,
  platform_status: 30,
  candles: 30,
} as const;

export type Bucket = keyof typeof LIMIT_PER_MINUTE;
const WRITE_BUCKETS: ReadonlySet<Bucket> = new Set(['collateral_set', 'order_submit']);

/** A little over the venue's minute: our sending times and its arrival times differ. */
export const WINDOW_MS = MINUTE_MS + SECOND_MS;
/** The venue blocks an address for a minute; coming back sooner may prolong the block. */
export const PAUSE_MIN_MS = MINUTE_MS;
const PAUSE_MAX_MS = 5 * MINUTE_MS;

/** At most `limit` takes in any stretch of `windowMs`. */
export class SlidingWindow {
  readonly #limit: number;
  readonly #windowMs: number;
  #taken: number[] = [];

  constructor(limit: number, windowMs: number) {
    this.#limit = limit;
    this.#windowMs = windowMs;
  }

  /** Milliseconds until a take would succeed, 0 when it would now. */
  waitMs(nowMs: number): number {
    this.#forget(nowMs);
    const before = this.#taken[this.#taken.length - this.#limit];
    return before === undefined ? 0 : Math.max(0, before + this.#windowMs - nowMs);
  }

  /** How many takes would succeed now. */
  left(nowMs: number): number {
    this.#forget(nowMs);
    return Math.max(0, this.#limit - this.#taken.length);
  }

  /**
   * Takes the earliest free moment, also one to come, and returns the wait until then; null, and
   * nothing taken, when it lies further away than `waitMaxMs`. Two who wait get two moments.
   */
  reserve(nowMs: number, waitMaxMs: number): number | null {
    this.#forget(nowMs);
    const before = this.#taken[this.#taken.length - this.#limit];
    const at = before === undefined ? nowMs : Math.max(nowMs, before + this.#windowMs);
    if (at - nowMs > waitMaxMs) return null;
    this.#taken.push(at);
    return at - nowMs;
  }

  /** Takes one when there is room; otherwise returns the wait and takes nothing. */
  take(nowMs: number): number {
    const waitMs = this.waitMs(nowMs);
    if (waitMs === 0) this.#taken.push(nowMs);
    return waitMs;
  }

  #forget(nowMs: number): void {
    this.#taken = this.#taken.filter((at) => nowMs - at < this.#windowMs);
  }
}

export class RateLimiter {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #factor: number;
  readonly #windows = new Map<Bucket, SlidingWindow>();
  #pausedUntilMs = Number.NEGATIVE_INFINITY;
  #strikes = 0;

  /** @param factor how many times the documented limits are admitted. */
  constructor(clock: Clock, random: Random, factor = 1) {
    this.#clock = clock;
    this.#random = random;
    this.#factor = factor;
  }

  /**
   * The venue counts on across our restarts. What an earlier run wrote is known from its intents;
   * of what it read half of the limit is taken as used.
   * @param earlierWrites of the last minute; null when no run ended within it.
   */
  continueFrom(earlierWrites: number | null): void {
    if (earlierWrites === null) return;
    const nowMs = this.#clock.monotonicMs();
    for (const bucket of Object.keys(LIMIT_PER_MINUTE) as Bucket[]) {
      const half = Math.ceil((this.#factor * LIMIT_PER_MINUTE[bucket]) / 2);
      const used = WRITE_BUCKETS.has(bucket) ? earlierWrites : half;
      for (let i = 0; i < used; i += 1) this.#window(bucket).take(nowMs);
    }
  }

  /** How long all REST traffic still rests, 0 when it does not. */
  pausedMs(): number {
    return Math.max(0, this.#pausedUntilMs - this.#clock.monotonicMs());
  }

  waitMs(bucket: Bucket): number {
    return Math.max(this.pausedMs(), this.#window(bucket).waitMs(this.#clock.monotonicMs()));
  }

  /** Call right before sending: 0 means go, anything else means wait that long and ask again. */
  take(bucket: Bucket): number {
    const pausedMs = this.pausedMs();
    return pausedMs > 0 ? pausedMs : this.#window(bucket).take(this.#clock.monotonicMs());
  }

  /** See `SlidingWindow.reserve`; null also while everything rests for longer than that. */
  reserve(bucket: Bucket, waitMaxMs: number): number | null {
    const pausedMs = this.pausedMs();
    if (pausedMs > waitMaxMs) return null;
    const waitMs = this.#window(bucket).reserve(this.#clock.monotonicMs(), waitMaxMs);
    return waitMs === null ? null : Math.max(waitMs, pausedMs);
  }

  /** How many requests may go at once right now. */
  left(bucket: Bucket): number {
    return this.pausedMs() > 0 ? 0 : this.#window(bucket).left(this.#clock.monotonicMs());
  }

  /** The venue limited us: everything rests for at least a minute, longer each time in a row. */
  pause(askedMs = 0): void {
    // Requests that were under way together are one strike.
    if (this.pausedMs() > 0) return;
    const doubled = Math.min(PAUSE_MAX_MS, PAUSE_MIN_MS * 2 ** Math.min(8, this.#strikes));
    const restMs = Math.min(PAUSE_MAX_MS, Math.max(doubled, askedMs));
    this.#strikes += 1;
    this.#pausedUntilMs = this.#clock.monotonicMs() + restMs * (1 + this.#random() / 4);
  }

  /** A request got through. */
  relax(): void {
    if (this.pausedMs() === 0) this.#strikes = 0;
  }

  #window(bucket: Bucket): SlidingWindow {
    const known = this.#windows.get(bucket);
    if (known) return known;
    const created = new SlidingWindow(
      Math.floor(this.#factor * LIMIT_PER_MINUTE[bucket]),
      WINDOW_MS,
    );
    this.#windows.set(bucket, created);
    return created;
  }
}
