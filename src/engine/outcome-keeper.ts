/** Keeps watch over writes of unknown outcome: fenced, asked about, told, and made durable. */
import type { SentIntent, WriteAction } from '../core/action.ts';
import { type Decimal, maxOf, ZERO } from '../core/decimal.ts';
import { messageOf } from '../core/errors.ts';
import type { Outcome } from '../core/outcome.ts';
import type { Clock } from '../ports/clock.ts';
import type { Journal } from '../ports/journal.ts';
import type { Logger } from '../ports/logger.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Venue } from '../ports/venue.ts';
import type { Fences } from './fences.ts';
import type { Ledger } from './ledger.ts';
import { RECORD } from './records.ts';
import { Resolver } from './resolver.ts';

export interface OutcomeKeeperDeps {
  readonly venue: Venue;
  readonly journal: Journal;
  readonly ledger: Ledger;
  readonly fences: Fences;
  readonly clock: Clock;
  readonly notifier: Notifier;
  readonly log: Logger;
  /** Reads the account after an outcome is known. */
  readonly reread: () => Promise<void>;
}

export class OutcomeKeeper {
  readonly #deps: OutcomeKeeperDeps;
  readonly #resolver: Resolver;

  constructor(deps: OutcomeKeeperDeps) {
    this.#deps = deps;
    const { venue, clock, log } = deps;
    this.#resolver = new Resolver({
      venue,
      clock,
      log,
      onResolved: (intent, outcome, reservedUsd) => this.#settle(intent, outcome, reservedUsd),
    });
  }

  /** The fence is up already; asks until the venue has proved what happened. */
  ask(intent: SentIntent, reservedUsd: Decimal): void {
    this.#tell(intent, false, 'no answer from the exchange');
    this.#resolver.resolve(intent, reservedUsd);
  }

  /** An intent that the last run left open: it may have reached the venue. */
  askAfterRestart(intent: SentIntent): void {
    const { fences, ledger, clock } = this.#deps;
    const { symbol } = intent.action;
    fences.raise(symbol, { intentId: intent.id, since: clock.now(), state: 'unknown' });
    ledger.beginWrite(ZERO);
    this.ask(intent, ZERO);
  }

  stop(): void {
    this.#resolver.stop();
  }

  async #settle(intent: SentIntent, outcome: Outcome, reservedUsd: Decimal): Promise<void> {
    const { journal, ledger, fences, clock, log } = this.#deps;
    const { action } = intent;
    if (outcome.kind === 'confirmed') this.#book(action, reservedUsd);
    await journal.append({ type: RECORD.outcome, body: { id: intent.id, outcome } });
    ledger.endWrite(action.symbol, reservedUsd, clock.monotonicMs());
    fences.lower(action.symbol, intent.id);
    const reason = outcome.kind === 'rejected' ? `${outcome.code}: ${outcome.reason}` : '';
    this.#tell(intent, true, outcome.kind === 'confirmed' ? outcome.detail : reason);
    await this.#deps.reread().catch((error) => {
      log.warn({ reason: messageOf(error) }, 'account not read after an outcome');
    });
  }

  /**
   * Frames and reads of the wallet are taken while an outcome is unknown, and nobody knows which
   * side of it they show. So that never more money is planned with than there is, what the write
   * took is counted now, if need be twice, and what it freed only once the venue shows it: the
   * read that follows at once, or the next frame, is right either way.
   */
  #book(action: WriteAction, reservedUsd: Decimal): void {
    const { ledger } = this.#deps;
    const isMove = action.kind === 'set_collateral';
    const rise = isMove ? ledger.placeCollateral(action.symbol, action.toUsd) : ZERO;
    ledger.spend(maxOf(rise, reservedUsd));
  }

  #tell(intent: SentIntent, resolved: boolean, detail: string): void {
    const { notifier, clock } = this.#deps;
    const { symbol } = intent.action;
    notifier.notify({ type: 'outcome_unknown', at: clock.now(), symbol, resolved, detail });
  }
}
