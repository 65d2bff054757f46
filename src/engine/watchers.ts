/** Tells people once when something begins and once when it is over, never on each cycle. */
import type { Clock } from '../ports/clock.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { VenueReadError } from '../ports/venue.ts';
import { warningState } from '../systems/balancer/index.ts';

export class Watchers {
  readonly #notifier: Notifier;
  readonly #clock: Clock;
  #accountWarning = false;
  #lostSinceWarning = false;
  #trouble: { call: string } | null = null;
  #stale = false;

  constructor(notifier: Notifier, clock: Clock) {
    this.#notifier = notifier;
    this.#clock = clock;
  }

  get accountWarning(): boolean {
    return this.#accountWarning;
  }

  /** Early warning of the account's margin rate, with hysteresis. */
  account(ratePct: number | null, limitPct: number): void {
    if (ratePct === null) return;
    const active = warningState(this.#accountWarning, ratePct, limitPct);
    if (active === this.#accountWarning) return;
    this.#accountWarning = active;
    const lost = this.#lostSinceWarning;
    this.#lostSinceWarning = false;
    // A rate that is better only because the worst positions are gone is no good news.
    if (!active && lost) return;
    const at = this.#clock.now();
    this.#notifier.notify({ type: 'account_warning', at, active, ratePct, limitPct });
  }

  /** The venue took a position. */
  positionLost(): void {
    this.#lostSinceWarning = this.#accountWarning;
  }

  /** A read used up its retries. */
  readFailed(error: VenueReadError): void {
    if (this.#trouble) return;
    this.#trouble = { call: error.call };
    this.#notifier.notify({
      type: 'venue_trouble',
      at: this.#clock.now(),
      active: true,
      call: error.call,
      attempts: error.attempts,
      reason: error.message,
    });
  }

  readSucceeded(): void {
    if (!this.#trouble) return;
    const { call } = this.#trouble;
    this.#trouble = null;
    this.#notifier.notify({
      type: 'venue_trouble',
      at: this.#clock.now(),
      active: false,
      call,
      attempts: 0,
      reason: '',
    });
  }

  /** Data too old to act on. */
  stale(active: boolean, what: string, ageMs: number): void {
    if (active === this.#stale) return;
    this.#stale = active;
    this.#notifier.notify({ type: 'stale', at: this.#clock.now(), active, what, ageMs });
  }
}
