/**
 * Carries out collateral moves: decreases first, then the increases that the arrived cash can pay.
 * A failed decrease changes what can be paid; what cannot is left for the next decision.
 */
import type { SetCollateral, Trigger } from '../core/action.ts';
import { CENT_PLACES, ceilTo, type Decimal, maxOf, minOf, ZERO } from '../core/decimal.ts';
import { messageOf } from '../core/errors.ts';
import type { AdjustmentReport } from '../core/notice.ts';
import { denied, type Outcome } from '../core/outcome.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Venue } from '../ports/venue.ts';
import { type Consent, review } from '../risk/index.ts';
import {
  type Adjustment,
  type BalancerSettings,
  decreasesWithin,
  payIncreases,
} from '../systems/balancer/index.ts';
import type { Executor } from './executor.ts';
import type { Freshness } from './freshness.ts';
import type { Ledger } from './ledger.ts';
import type { PostureKeeper } from './posture-keeper.ts';
import type { WriteBudget } from './write-budget.ts';

export interface MoverDeps {
  readonly venue: Venue;
  readonly ledger: Ledger;
  readonly posture: PostureKeeper;
  readonly executor: Executor;
  readonly budget: WriteBudget;
  readonly freshness: Freshness;
  readonly settings: () => BalancerSettings;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface MoveOptions {
  readonly trigger: Trigger;
  /** Routine decreases ask the venue's present minimum first; an emergency does not wait for it. */
  readonly askLimits: boolean;
  /** Emergencies and people may spend the reserve as well. */
  readonly usesReserve: boolean;
  /** A person's consent to exactly these moves; null when nobody was asked. */
  readonly consent: Consent | null;
  /** True once this plan is obsolete: what has not been sent yet is dropped. */
  readonly obsolete: () => boolean;
}

/** A buffer above the venue's minimum, which moves with the market while we write. */
const LIMIT_BUFFER = 1.01;

export class Mover {
  readonly #deps: MoverDeps;

  constructor(deps: MoverDeps) {
    this.#deps = deps;
  }

  async move(
    adjustments: readonly Adjustment[],
    options: MoveOptions,
  ): Promise<readonly AdjustmentReport[]> {
    const decreases = adjustments.filter((move) => move.toUsd.lt(move.fromUsd));
    const increases = adjustments.filter((move) => move.toUsd.gt(move.fromUsd));
    const purse = new Purse(this.#deps.ledger);
    try {
      // With nothing to lower there is nothing to wait for: the first intent of a rescue is handed
      // to the journal in the very turn of the frame that asked for it.
      const begun = decreases.slice(0, this.#beginnable(decreases.length, increases, options));
      const lowered = begun.length > 0 ? await this.#lower(begun, purse, options) : [];
      const kept = decreases.slice(begun.length).map(writesKept);
      const raised = await this.#raise(increases, purse, options);
      return [...lowered, ...kept, ...raised];
    } finally {
      purse.empty();
    }
  }

  /** Rescues have weighed the writes that are left already, and a rehearsal needs none. */
  #beginnable(decreases: number, increases: readonly Adjustment[], options: MoveOptions): number {
    const { venue, budget, posture, settings } = this.#deps;
    const isFree = options.trigger === 'emergency' || posture.isDryRun(settings());
    if (decreases === 0 || isFree) return decreases;
    const writesLeft = Math.min(venue.writesLeft(), budget.left());
    return decreasesWithin(decreases, increases.length, writesLeft);
  }

  async #lower(
    decreases: readonly Adjustment[],
    purse: Purse,
    options: MoveOptions,
  ): Promise<AdjustmentReport[]> {
    const reports: AdjustmentReport[] = [];
    for (const decrease of decreases) {
      const asks = options.askLimits && this.#dropReason(options) === null;
      const safe = asks ? await this.#aboveMinimum(decrease) : decrease;
      if (!safe) continue;
      const releasedUsd = safe.fromUsd.minus(safe.toUsd);
      // Set aside before it arrives, so that no other plan sees it as free in between.
      purse.put(releasedUsd);
      const report = await this.#one(safe, options);
      if (report.outcome?.kind !== 'confirmed') purse.take(releasedUsd);
      reports.push(report);
    }
    return reports;
  }

  /** Only cash that has arrived pays. */
  async #raise(
    increases: readonly Adjustment[],
    purse: Purse,
    options: MoveOptions,
  ): Promise<AdjustmentReport[]> {
    const { ledger, posture, settings } = this.#deps;
    const reports: AdjustmentReport[] = [];
    const isRehearsal = posture.isDryRun(settings());
    const reserveUsd = options.usesReserve ? 0 : settings().allocation.reserve_usdt;
    const freeUsd = maxOf(ZERO, (ledger.availableUsd() ?? ZERO).minus(reserveUsd));
    const cashUsd = freeUsd.plus(purse.heldUsd);
    const payable = isRehearsal ? increases : payIncreases(increases, cashUsd);
    for (const increase of payable) {
      // Handed over in the same turn as the write reserves it: nobody else can take it in between.
      purse.take(increase.toUsd.minus(increase.fromUsd));
      reports.push(await this.#one(increase, options));
    }
    return reports;
  }

  /**
   * Lifts the target to the venue's present minimum, or drops the decrease when nothing is left.
   */
  async #aboveMinimum(decrease: Adjustment): Promise<Adjustment | null> {
    const { venue, ledger, clock, log } = this.#deps;
    try {
      const limits = await venue.collateralLimits(decrease.symbol);
      const floorUsd = buffered(limits.minUsd);
      if (decrease.toUsd.gte(floorUsd)) return decrease;
      ledger.learnMinimum(decrease.positionId, limits.minUsd, clock.monotonicMs());
      return floorUsd.lt(decrease.fromUsd) ? { ...decrease, toUsd: floorUsd } : null;
    } catch (error) {
      log.warn({ symbol: decrease.symbol, error }, 'limits not read, decrease left alone');
      return null;
    }
  }

  async #one(move: Adjustment, options: MoveOptions): Promise<AdjustmentReport> {
    const { ledger, posture, executor, settings, budget } = this.#deps;
    const dropped = this.#dropReason(options);
    if (dropped !== null) return { ...reportOf(move), outcome: denied(dropped) };
    const held = ledger.position(move.symbol);
    if (!held || held.id !== move.positionId || !held.collateralUsd.eq(move.fromUsd)) {
      return { ...reportOf(move), outcome: denied('position_changed') };
    }
    const action: SetCollateral = {
      kind: 'set_collateral',
      symbol: move.symbol,
      positionId: move.positionId,
      fromUsd: move.fromUsd,
      toUsd: move.toUsd,
      trigger: options.trigger,
    };
    const verdict = review(action, posture.posture(settings()), options.consent);
    switch (verdict.kind) {
      case 'refused':
        return { ...reportOf(move), outcome: denied(verdict.code) };
      case 'rehearsed':
        return { ...reportOf(move), outcome: { kind: 'rehearsed' } };
      case 'approved': {
        if (options.trigger !== 'emergency' && !budget.take()) {
          return writesKept(move);
        }
        const { outcome } = await executor.setCollateral(verdict.action);
        this.#learn(move, outcome);
        return { ...reportOf(move), outcome };
      }
    }
  }

  /** Reads and writes may wait for minutes when the venue limits us: by then all is different. */
  #dropReason({ obsolete }: MoveOptions): string | null {
    if (obsolete()) return 'plan_obsolete';
    return this.#deps.freshness.accountIsRecent() ? null : 'account_stale';
  }

  /**
   * A decrease refused for its amount says that the minimum lies above what we asked for. Nothing
   * is asked of that position again until the venue has told where.
   */
  #learn({ symbol, positionId, fromUsd, toUsd }: Adjustment, outcome: Outcome): void {
    const isRefused = outcome.kind === 'rejected' && outcome.isAboutAmount;
    if (!isRefused || toUsd.gte(fromUsd)) return;
    const { venue, ledger, clock, log } = this.#deps;
    ledger.learnMinimum(positionId, fromUsd, clock.monotonicMs());
    venue.collateralLimits(symbol).then(
      ({ minUsd }) => ledger.learnMinimum(positionId, buffered(minUsd), clock.monotonicMs()),
      (error: unknown) => log.warn({ symbol, reason: messageOf(error) }, 'limits not read'),
    );
  }
}

/** What a plan's own decreases released, kept from other plans until its increases take it. */
class Purse {
  readonly #ledger: Ledger;
  #held: Decimal = ZERO;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  get heldUsd(): Decimal {
    return this.#held;
  }

  put(usd: Decimal): void {
    this.#held = this.#held.plus(usd);
    this.#ledger.earmark(usd);
  }

  take(usd: Decimal): void {
    const taken = minOf(usd, this.#held);
    this.#held = this.#held.minus(taken);
    this.#ledger.unearmark(taken);
  }

  empty(): void {
    this.take(this.#held);
  }
}

function buffered(minUsd: Decimal): Decimal {
  return ceilTo(minUsd.times(LIMIT_BUFFER), CENT_PLACES);
}

function writesKept(move: Adjustment): AdjustmentReport {
  return { ...reportOf(move), outcome: denied('writes_kept') };
}

export function reportOf(move: Adjustment): AdjustmentReport {
  const { symbol, fromUsd, toUsd, rateBeforePct, rateAfterPct } = move;
  return { symbol, fromUsd, toUsd, rateBeforePct, rateAfterPct };
}
