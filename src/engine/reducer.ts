/**
 * Carries out approved reductions: reads the position right before, sends at most what it still
 * holds, and looks up what was filled. Accepted is not filled.
 */
import type { ReducePosition, SentIntent, Trigger } from '../core/action.ts';
import { type Decimal, floorTo, minOf, WIRE_PLACES } from '../core/decimal.ts';
import { messageOf } from '../core/errors.ts';
import type { ReductionReport } from '../core/notice.ts';
import { denied, type Outcome, rejected } from '../core/outcome.ts';
import type { Position } from '../core/position.ts';
import type { PerpSymbol } from '../core/symbol.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { OrderEvidence, Venue } from '../ports/venue.ts';
import { type Consent, review } from '../risk/index.ts';
import type { BalancerSettings } from '../systems/balancer/index.ts';
import type { Executor } from './executor.ts';
import type { Fences } from './fences.ts';
import type { PostureKeeper } from './posture-keeper.ts';

export interface ReducerDeps {
  readonly venue: Venue;
  readonly posture: PostureKeeper;
  readonly executor: Executor;
  readonly fences: Fences;
  /** The size of this position is about to change by our own hand. */
  readonly onReducing: (symbol: PerpSymbol) => void;
  readonly settings: () => BalancerSettings;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A market order shows up in the venue's history within a moment; this bounds the wait. */
const EVIDENCE_TRIES = 5;
const EVIDENCE_PAUSE_MS = 500;
/** A collateral move is answered well within this, or its outcome is unknown. */
const FENCE_WAIT_MS = 6_000;

export class Reducer {
  readonly #deps: ReducerDeps;

  constructor(deps: ReducerDeps) {
    this.#deps = deps;
  }

  /** One after the other, in the plan's order; a failed one does not stop the next. */
  async reduceAll(
    cuts: readonly ReductionReport[],
    consent: Consent | null,
    trigger: Trigger,
  ): Promise<ReductionReport[]> {
    const release = this.#deps.fences.hold(cuts.map(({ symbol }) => symbol));
    try {
      const reports: ReductionReport[] = [];
      for (const cut of cuts) reports.push(await this.#tried(cut, consent, trigger));
      // What was refused on our side for a passing reason gets one more chance at the end.
      for (const [i, report] of reports.entries()) {
        const cut = cuts[i];
        if (report.outcome?.kind !== 'denied' || !cut) continue;
        reports[i] = await this.#tried(cut, consent, trigger);
      }
      return reports;
    } finally {
      release();
    }
  }

  async #tried(
    cut: ReductionReport,
    consent: Consent | null,
    trigger: Trigger,
  ): Promise<ReductionReport> {
    try {
      return await this.#reduce(cut, consent, trigger);
    } catch (error) {
      this.#deps.log.error({ symbol: cut.symbol, reason: messageOf(error) }, 'not reduced');
      return { ...cut, outcome: denied(messageOf(error)) };
    }
  }

  async #reduce(
    cut: ReductionReport,
    consent: Consent | null,
    trigger: Trigger,
  ): Promise<ReductionReport> {
    const { venue, posture, executor, settings, fences, clock, onReducing } = this.#deps;
    // A top-up of the same position may be on its way: it ends within moments.
    await fences.freed(cut.symbol, clock, FENCE_WAIT_MS);
    const held = (await venue.positions()).find((position) => position.symbol === cut.symbol);
    if (!held) return { ...cut, outcome: denied('position_gone') };
    const quantity = shareOf(held, cut);
    if (held.id !== cut.positionId || held.side !== cut.side || quantity.lte(0)) {
      return { ...cut, outcome: denied('position_changed') };
    }
    const action = orderFor(held, quantity, trigger);
    const verdict = review(action, posture.posture(settings()), consent);
    switch (verdict.kind) {
      case 'refused':
        return { ...cut, outcome: denied(verdict.code) };
      case 'rehearsed':
        return { ...cut, outcome: { kind: 'rehearsed' } };
      case 'approved': {
        onReducing(cut.symbol);
        const { intent, outcome } = await executor.reducePosition(verdict.action);
        if (outcome.kind !== 'confirmed') return { ...cut, outcome };
        return { ...cut, ...(await this.#fill(intent)) };
      }
    }
  }

  /** What became of an accepted order. Accepted and not found yet stays accepted. */
  async #fill(intent: SentIntent<ReducePosition>): Promise<Partial<ReductionReport>> {
    const { clock } = this.#deps;
    for (let attempt = 1; attempt <= EVIDENCE_TRIES; attempt += 1) {
      const evidence = await this.#evidence(intent);
      if (evidence?.state === 'filled' || evidence?.state === 'partly_filled') {
        return fillOf(evidence.filled, evidence.averagePrice);
      }
      if (evidence?.state === 'cancelled') {
        return { outcome: rejected('cancelled', evidence.reason) };
      }
      await clock.sleep(EVIDENCE_PAUSE_MS * attempt);
    }
    return {
      outcome: { kind: 'unknown', reason: 'fill_not_shown' } satisfies Outcome,
    };
  }

  async #evidence(intent: SentIntent<ReducePosition>): Promise<OrderEvidence | null> {
    try {
      return await this.#deps.venue.orderEvidence(intent);
    } catch (error) {
      this.#deps.log.warn({ intent: intent.id, reason: messageOf(error) }, 'fill not read');
      return null;
    }
  }
}

function fillOf(filled: Decimal, averagePrice: Decimal): Partial<ReductionReport> {
  return {
    outcome: { kind: 'confirmed', detail: 'filled' },
    filledQuantity: filled,
    averagePrice,
  };
}

function orderFor(held: Position, quantity: Decimal, trigger: Trigger): ReducePosition {
  return {
    kind: 'reduce_position',
    symbol: held.symbol,
    positionId: held.id,
    side: held.side,
    quantity,
    positionQuantity: held.quantity,
    leverage: leverageOf(held),
    trigger,
  };
}

/** A position that has become smaller is cut by the same share, never by more than was shown. */
function shareOf(held: Position, cut: ReductionReport): Decimal {
  if (held.quantity.gte(cut.positionQuantity)) return minOf(cut.quantity, held.quantity);
  return floorTo(cut.quantity.times(held.quantity).div(cut.positionQuantity), WIRE_PLACES);
}

/** The position's own leverage, whole and within the venue's bounds, so that nothing changes. */
function leverageOf(held: Position): number {
  const own = held.quantity.times(held.entryPrice).div(held.collateralUsd).toNumber();
  return Math.min(100, Math.max(1, Number.isFinite(own) ? Math.round(own) : 10));
}
