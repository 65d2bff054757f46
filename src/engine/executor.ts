/**
 * Turns approved actions into writes: fence, reserve, intent on disk, venue, outcome on disk.
 * The fence goes up before the first wait, so two decisions of one tick cannot both act.
 */
import type {
  Approved,
  DurableIntent,
  ReducePosition,
  ReopenPosition,
  SentIntent,
  SetCollateral,
  WriteAction,
} from '../core/action.ts';
import { type Decimal, maxOf, ZERO } from '../core/decimal.ts';
import { messageOf } from '../core/errors.ts';
import { denied, type Outcome, unknown } from '../core/outcome.ts';
import type { Clock } from '../ports/clock.ts';
import type { Journal } from '../ports/journal.ts';
import type { Logger } from '../ports/logger.ts';
import type { Venue } from '../ports/venue.ts';
import { refusalNow } from '../risk/index.ts';
import type { BalancerSettings } from '../systems/balancer/index.ts';
import { DISK_PATIENCE_MS } from './disk-guard.ts';
import type { Fences } from './fences.ts';
import type { Ledger } from './ledger.ts';
import type { PostureKeeper } from './posture-keeper.ts';
import type { RateMeter } from './rate-meter.ts';
import { RECORD } from './records.ts';

export interface ExecutorDeps {
  readonly venue: Venue;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly fences: Fences;
  readonly posture: PostureKeeper;
  readonly settings: () => BalancerSettings;
  readonly writes: RateMeter;
  readonly nextCid: () => number;
  readonly log: Logger;
  /** Asked to find out what happened; the fence stays up until it knows. */
  readonly resolve: (intent: SentIntent, reservedUsd: Decimal) => void;
}

export interface Execution<A extends WriteAction> {
  readonly intent: DurableIntent<A>;
  readonly outcome: Outcome;
}

export class Executor {
  readonly #deps: ExecutorDeps;

  constructor(deps: ExecutorDeps) {
    this.#deps = deps;
  }

  /** @throws when the intent cannot be made durable: then nothing was sent. */
  async setCollateral(action: Approved<SetCollateral>): Promise<Execution<SetCollateral>> {
    const rise = action.toUsd.minus(action.fromUsd);
    return this.#run(action, maxOf(ZERO, rise), (intent) => this.#deps.venue.setCollateral(intent));
  }

  /** @throws when the intent cannot be made durable: then nothing was sent. */
  async reducePosition(action: Approved<ReducePosition>): Promise<Execution<ReducePosition>> {
    return this.#run(action, ZERO, (intent) => this.#deps.venue.reducePosition(intent));
  }

  /**
   * @param reserveUsd initial margin and fee, kept from other plans while the order is on its way
   * @throws when the intent cannot be made durable: then nothing was sent.
   */
  async reopenPosition(
    action: Approved<ReopenPosition>,
    reserveUsd: Decimal,
  ): Promise<Execution<ReopenPosition>> {
    return this.#run(action, reserveUsd, (intent) => this.#deps.venue.reopenPosition(intent));
  }

  async #run<A extends WriteAction>(
    action: Approved<A>,
    reserveUsd: Decimal,
    send: (intent: DurableIntent<A>) => Promise<Outcome>,
  ): Promise<Execution<A>> {
    const { journal, clock, ledger, fences, posture, settings, nextCid, log } = this.#deps;
    const cid = nextCid();
    const id = String(cid);
    const createdAt = clock.now();
    const startedMs = clock.monotonicMs();
    fences.raise(action.symbol, { intentId: id, since: createdAt, state: 'in_flight' });
    ledger.beginWrite(reserveUsd);
    let outcome: Outcome | null = null;
    try {
      const receipt = await journal.append({
        type: RECORD.intent,
        body: { id, cid, createdAt, action },
      });
      const recalled = () => refusalNow(action, posture.posture(settings()));
      const intent: DurableIntent<A> = { id, action, receipt, cid, createdAt, recalled };
      const refusal = lateForDisk(clock.monotonicMs() - startedMs) ?? recalled();
      if (refusal !== null) {
        outcome = denied(refusal);
      } else {
        this.#deps.writes.count();
        outcome = await send(intent).catch((error) => unknown(messageOf(error)));
      }
      if (outcome.kind === 'confirmed' && action.kind === 'set_collateral') {
        ledger.settleCollateral(action.symbol, action.toUsd);
      }
      await journal.append({ type: RECORD.outcome, body: { id, outcome } });
      log.info({ intent: id, symbol: action.symbol, kind: action.kind, outcome }, 'write ended');
      if (outcome.kind === 'unknown') {
        fences.raise(action.symbol, { intentId: id, since: createdAt, state: 'unknown' });
        this.#deps.resolve(intent, reserveUsd);
      }
      return { intent, outcome };
    } finally {
      // An unknown outcome keeps its fence and its reserve until the resolver is done.
      if (outcome?.kind !== 'unknown') {
        ledger.endWrite(action.symbol, reserveUsd, clock.monotonicMs());
        fences.lower(action.symbol, id);
      }
    }
  }
}

/** The market moved on while the disk did not answer. */
function lateForDisk(waitedMs: number): string | null {
  return waitedMs >= DISK_PATIENCE_MS ? `waited_too_long: ${Math.round(waitedMs)} ms` : null;
}
