/**
 * Carries out collateral moves: decreases first, then the increases that the arrived cash can pay.
 * A failed decrease changes what can be paid; what cannot is left for the next decision.
 */
import type { SetCollateral, Trigger } from '../core/action.ts';
import { CENT_PLACES, ceilTo, maxOf, ZERO } from '../core/decimal.ts';
import type { AdjustmentReport } from '../core/notice.ts';
import { denied } from '../core/outcome.ts';
import type { Logger } from '../ports/logger.ts';
import type { Venue } from '../ports/venue.ts';
import { review } from '../risk/index.ts';
import { type Adjustment, type BalancerSettings, payIncreases } from '../systems/balancer/index.ts';
import type { Executor } from './executor.ts';
import type { Ledger } from './ledger.ts';
import type { PostureKeeper } from './posture-keeper.ts';

export interface MoverDeps {
  readonly venue: Venue;
  readonly ledger: Ledger;
  readonly posture: PostureKeeper;
  readonly executor: Executor;
  readonly settings: () => BalancerSettings;
  readonly log: Logger;
}

export interface MoveOptions {
  readonly trigger: Trigger;
  /** Routine decreases ask the venue's present minimum first; an emergency does not wait for it. */
  readonly askLimits: boolean;
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
    const reports: AdjustmentReport[] = [];
    const decreases = adjustments.filter((move) => move.toUsd.lt(move.fromUsd));
    const increases = adjustments.filter((move) => move.toUsd.gt(move.fromUsd));
    for (const decrease of decreases) {
      const safe = options.askLimits ? await this.#aboveMinimum(decrease) : decrease;
      if (safe) reports.push(await this.#one(safe, options));
    }
    const rehearsing = reports.some((report) => report.outcome?.kind === 'rehearsed');
    const payable = rehearsing ? increases : this.#payable(increases, options.trigger);
    for (const increase of payable) reports.push(await this.#one(increase, options));
    return reports;
  }

  /** Only cash that has arrived pays; emergencies may use the reserve as well. */
  #payable(increases: readonly Adjustment[], trigger: Trigger): readonly Adjustment[] {
    const { ledger, posture, settings } = this.#deps;
    if (posture.isDryRun(settings())) return increases;
    const available = ledger.availableUsd() ?? ZERO;
    const reserve = trigger === 'emergency' ? 0 : settings().allocation.reserve_usdt;
    return payIncreases(increases, maxOf(ZERO, available.minus(reserve)));
  }

  /**
   * Lifts the target to the venue's present minimum, or drops the decrease when nothing is left.
   */
  async #aboveMinimum(decrease: Adjustment): Promise<Adjustment | null> {
    const { venue, ledger, log } = this.#deps;
    try {
      const limits = await venue.collateralLimits(decrease.symbol);
      const floorUsd = ceilTo(limits.minUsd.times(LIMIT_BUFFER), CENT_PLACES);
      if (decrease.toUsd.gte(floorUsd)) return decrease;
      ledger.learnMinimum(decrease.positionId, limits.minUsd);
      return floorUsd.lt(decrease.fromUsd) ? { ...decrease, toUsd: floorUsd } : null;
    } catch (error) {
      log.warn({ symbol: decrease.symbol, error }, 'limits not read, decrease left alone');
      return null;
    }
  }

  async #one(move: Adjustment, options: MoveOptions): Promise<AdjustmentReport> {
    const { ledger, posture, executor, settings } = this.#deps;
    if (options.obsolete()) return { ...reportOf(move), outcome: denied('plan obsolete') };
    const held = ledger.position(move.symbol);
    if (!held || held.id !== move.positionId || !held.collateralUsd.eq(move.fromUsd)) {
      return { ...reportOf(move), outcome: denied('position changed') };
    }
    const action: SetCollateral = {
      kind: 'set_collateral',
      symbol: move.symbol,
      positionId: move.positionId,
      fromUsd: move.fromUsd,
      toUsd: move.toUsd,
      trigger: options.trigger,
    };
    const verdict = review(action, posture.posture(settings()));
    switch (verdict.kind) {
      case 'refused':
        return { ...reportOf(move), outcome: denied(verdict.code) };
      case 'rehearsed':
        return { ...reportOf(move), outcome: { kind: 'rehearsed' } };
      case 'approved': {
        const { outcome } = await executor.setCollateral(verdict.action);
        this.#learn(move, outcome.kind);
        return { ...reportOf(move), outcome };
      }
    }
  }

  /** A refused decrease says that the minimum lies above what we asked for. */
  #learn(move: Adjustment, outcome: string): void {
    const lowered = move.toUsd.lt(move.fromUsd);
    if (lowered && outcome === 'rejected') {
      this.#deps.ledger.learnMinimum(move.positionId, move.fromUsd);
    }
  }
}

export function reportOf(move: Adjustment): AdjustmentReport {
  const { symbol, fromUsd, toUsd, rateBeforePct, rateAfterPct } = move;
  return { symbol, fromUsd, toUsd, rateBeforePct, rateAfterPct };
}
