/**
 * Carries out approved reductions: reads the position right before, sends at most what it still
 * holds, and looks up what was filled. Accepted is not filled. A roll is a reduction whose second
 * leg `reopener.ts` adds.
 */
import type { Approved, ReducePosition, Trigger } from '../core/action.ts';
import { type Decimal, floorTo, minOf, WIRE_PLACES } from '../core/decimal.ts';
import { messageOf } from '../core/errors.ts';
import type { ReductionReport } from '../core/notice.ts';
import { denied } from '../core/outcome.ts';
import type { Position } from '../core/position.ts';
import type { PerpSymbol } from '../core/symbol.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Venue } from '../ports/venue.ts';
import { type Consent, REOPEN_WITHIN_MS, review } from '../risk/index.ts';
import type { BalancerSettings } from '../systems/balancer/index.ts';
import type { Executor } from './executor.ts';
import type { Fences } from './fences.ts';
import { lookUpFill, type OrderFill, provenFill } from './order-fill.ts';
import { leverageOf } from './order-leverage.ts';
import type { PostureKeeper } from './posture-keeper.ts';
import type { Reopener, RollCut, RollFrame } from './reopener.ts';

export interface ReducerDeps {
  readonly venue: Venue;
  readonly posture: PostureKeeper;
  readonly executor: Executor;
  readonly fences: Fences;
  readonly reopener: Reopener;
  /** The size of this position is about to change by our own hand. */
  readonly onReducing: (symbol: PerpSymbol) => void;
  readonly settings: () => BalancerSettings;
  readonly clock: Clock;
  readonly log: Logger;
}

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
    const { venue, posture, settings, fences, clock } = this.#deps;
    // A top-up of the same position may be on its way: it ends within moments.
    await fences.freed(cut.symbol, clock, FENCE_WAIT_MS);
    const held = (await venue.positions()).find((position) => position.symbol === cut.symbol);
    if (!held) return { ...cut, outcome: denied('position_gone') };
    const quantity = shareOf(held, cut);
    if (held.id !== cut.positionId || held.side !== cut.side || quantity.lte(0)) {
      return { ...cut, outcome: denied('position_changed') };
    }
    const action = orderFor(held, quantity, trigger, cut.roll?.rollId);
    const verdict = review(action, posture.posture(settings()), consent);
    switch (verdict.kind) {
      case 'refused':
        return { ...cut, outcome: denied(verdict.code) };
      case 'rehearsed':
        return rehearsed(cut);
      case 'approved':
        return cut.roll
          ? this.#roll({ ...cut, roll: cut.roll }, held, verdict.action, consent)
          : this.#send(cut, verdict.action);
    }
  }

  async #send(cut: ReductionReport, action: Approved<ReducePosition>): Promise<ReductionReport> {
    const { executor, onReducing } = this.#deps;
    onReducing(cut.symbol);
    const { intent, outcome } = await executor.reducePosition(action);
    if (outcome.kind !== 'confirmed') return { ...cut, outcome };
    return { ...cut, ...(await lookUpFill(this.#deps, intent)) };
  }

  /** Where the second leg cannot be paid or nothing may be opened, a reduction from the start. */
  async #roll(
    cut: RollCut,
    held: Position,
    action: Approved<ReducePosition>,
    consent: Consent | null,
  ): Promise<ReductionReport> {
    const { reopener, clock } = this.#deps;
    const prepared = reopener.prepare(cut, held, action.quantity);
    if (prepared.kind === 'reduce') {
      const reduced = await this.#send(cut, action);
      return { ...reduced, roll: { ...cut.roll, outcome: prepared.outcome } };
    }
    const { earmark } = prepared;
    try {
      const startedMs = clock.monotonicMs();
      await reopener.begin(cut);
      return await this.#bothLegs(cut, action, { consent, startedMs, earmark });
    } finally {
      earmark.release();
      await reopener.end(cut);
    }
  }

  async #bothLegs(
    cut: RollCut,
    action: Approved<ReducePosition>,
    frame: RollFrame,
  ): Promise<ReductionReport> {
    const { executor, reopener, fences, clock, onReducing } = this.#deps;
    const { symbol } = cut;
    onReducing(symbol);
    const { intent, outcome } = await executor.reducePosition(action);
    let first: OrderFill = { outcome };
    if (outcome.kind === 'confirmed') first = await lookUpFill(this.#deps, intent);
    if (outcome.kind === 'unknown') {
      // The resolver asks; the roll goes on only if it lowers the fence in time.
      await fences.lowered(symbol, intent.id, clock, REOPEN_WITHIN_MS);
      if (!fences.has(symbol)) first = (await provenFill(this.#deps, intent)) ?? first;
    }
    const { filledQuantity: filled, averagePrice } = first;
    if (!filled || !averagePrice) return { ...cut, ...first };
    const roll = await reopener.reopen(cut, { intent, filled, averagePrice }, frame);
    return { ...cut, ...first, roll };
  }
}

function rehearsed(cut: ReductionReport): ReductionReport {
  const outcome = { kind: 'rehearsed' } as const;
  return { ...cut, outcome, ...(cut.roll ? { roll: { ...cut.roll, outcome } } : {}) };
}

function orderFor(
  held: Position,
  quantity: Decimal,
  trigger: Trigger,
  rollId: string | undefined,
): ReducePosition {
  return {
    kind: 'reduce_position',
    symbol: held.symbol,
    positionId: held.id,
    side: held.side,
    quantity,
    positionQuantity: held.quantity,
    leverage: leverageOf(held),
    trigger,
    ...(rollId === undefined ? {} : { rollId }),
  };
}

/** A position that has become smaller is cut by the same share, never by more than was shown. */
function shareOf(held: Position, cut: ReductionReport): Decimal {
  if (held.quantity.gte(cut.positionQuantity)) return minOf(cut.quantity, held.quantity);
  return floorTo(cut.quantity.times(held.quantity).div(cut.positionQuantity), WIRE_PLACES);
}
