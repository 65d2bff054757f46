/**
 * Looks for the causes of halts every few seconds: what has been unknown, silent or contradictory
 * for too long. It only reports; `halt-desk.ts` decides what follows.
 */
import { MINUTE_MS, SECOND_MS } from '../core/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { Venue } from '../ports/venue.ts';
import type { HaltDesk } from './halt-desk.ts';
import type { Ledger } from './ledger.ts';

export interface SentinelDeps {
  readonly ledger: Ledger;
  readonly venue: Venue;
  readonly halts: HaltDesk;
  readonly clock: Clock;
}

export const SENTINEL_SECONDS = 5;
/** Unknown or silent for longer than this is not a hiccup. */
const PATIENCE_MS = MINUTE_MS;
/** Prices are stamped by the venue: one this far ahead, or nothing newer, means a wrong clock. */
const AHEAD_MAX_MS = 30 * SECOND_MS;
const BEHIND_MAX_MS = 5 * MINUTE_MS;
/** The same position changed by others this often within the window: somebody works against us. */
const CONTESTED_TIMES = 5;
const CONTESTED_WINDOW_MS = 30 * MINUTE_MS;

export class Sentinel {
  readonly #deps: SentinelDeps;
  readonly #drifts = new Map<string, number[]>();
  #balanceKnownAt: number;
  #heardAt: number;

  constructor(deps: SentinelDeps) {
    this.#deps = deps;
    this.#balanceKnownAt = deps.clock.monotonicMs();
    this.#heardAt = this.#balanceKnownAt;
  }

  look(): void {
    const { ledger, halts, venue, clock } = this.#deps;
    const now = clock.monotonicMs();
    if (ledger.availableUsd() !== null || ledger.snapshotAt === null) this.#balanceKnownAt = now;
    halts.report('equity_unknown', now - this.#balanceKnownAt >= PATIENCE_MS);
    const isSilent = silentMs(ledger, now) >= PATIENCE_MS && ledger.symbols().length > 0;
    if (!isSilent || venue.failuresInARow() === 0) this.#heardAt = now;
    halts.report('blind', now - this.#heardAt >= PATIENCE_MS);
    this.#lookAtClock();
    const horizon = now - CONTESTED_WINDOW_MS;
    for (const [symbol, times] of this.#drifts) {
      const recent = times.filter((at) => at >= horizon);
      if (recent.length === 0) this.#drifts.delete(symbol);
      else this.#drifts.set(symbol, recent);
    }
    const worst = Math.max(0, ...[...this.#drifts.values()].map((times) => times.length));
    halts.report('contested', worst >= CONTESTED_TIMES);
  }

  /** Somebody else changed a position against what we do with it. */
  contested(symbol: string): void {
    const times = this.#drifts.get(symbol) ?? [];
    this.#drifts.set(symbol, [...times, this.#deps.clock.monotonicMs()]);
  }

  keyRejected(rejected: boolean): void {
    this.#deps.halts.report('key_rejected', rejected);
  }

  #lookAtClock(): void {
    const { ledger, halts, clock } = this.#deps;
    const newest = ledger.newestMark;
    if (!newest || clock.monotonicMs() - newest.receivedAt > MINUTE_MS) return;
    const { aheadMs } = newest;
    halts.report('clock_skew', aheadMs > AHEAD_MAX_MS || aheadMs < -BEHIND_MAX_MS);
  }
}

/** Since when neither a price nor a snapshot has come, in ms. */
function silentMs(ledger: Ledger, now: number): number {
  const heardAt = Math.max(ledger.newestMarkAt ?? -1, ledger.snapshotAt ?? -1);
  return heardAt < 0 ? 0 : now - heardAt;
}
