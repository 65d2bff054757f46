/**
 * Whether local state may be acted on. Nothing is decided from data older than three times its
 * expected period, nor between a reconnect and the REST snapshot that follows it.
 */
import { SECOND_MS } from '../core/time.ts';
import type { Clock } from '../ports/clock.ts';
import type { BalancerSettings } from '../systems/balancer/index.ts';
import type { Ledger } from './ledger.ts';

const PERIODS_MAX = 3;

export class Freshness {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #settings: () => BalancerSettings;
  #awaitsSnapshot = true;

  constructor(ledger: Ledger, clock: Clock, settings: () => BalancerSettings) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#settings = settings;
  }

  get ageMaxMs(): number {
    return PERIODS_MAX * this.#settings().monitor.poll_interval_sec * SECOND_MS;
  }

  /** After a reconnect: what we know may have changed unseen. */
  awaitSnapshot(): void {
    this.#awaitsSnapshot = true;
  }

  snapshotTaken(): void {
    this.#awaitsSnapshot = false;
  }

  /** Positions and balances are recent enough to move collateral. */
  accountIsFresh(): boolean {
    return !this.#awaitsSnapshot && this.accountIsRecent();
  }

  /** What was decided on fresh data may be carried on with: waits have not made it too old. */
  accountIsRecent(): boolean {
    const { snapshotAt } = this.#ledger;
    return snapshotAt !== null && this.#clock.monotonicMs() - snapshotAt <= this.ageMaxMs;
  }

  /** Every mark is recent as well: what closing part of a position requires. */
  everythingIsFresh(): boolean {
    return (
      this.accountIsFresh() && this.#ledger.marksAreFresh(this.#clock.monotonicMs(), this.ageMaxMs)
    );
  }
}
