import { type Decimal, maxOf, minOf, sumOf, ZERO } from '../core/decimal.ts';
import type { LiquidationPlanReport, ReductionReport, RollReport } from '../core/notice.ts';
import type { WantedPlan } from './wanted-plan.ts';

export interface PlanFrame {
  readonly planId: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly accountRatePct: number;
}

/** A decided plan as people see it, pending. */
export function planReport(plan: WantedPlan, frame: PlanFrame): LiquidationPlanReport {
  return {
    ...frame,
    state: 'pending',
    ...(plan.purpose === 'harvest' ? { purpose: plan.purpose } : {}),
    shortfallUsd: plan.shortfallUsd,
    remainingUsd: plan.remainingUsd,
    reductions: plan.reductions.map((cut, index) => {
      const roll = plan.rolls.get(cut.symbol);
      return roll ? { ...cut, roll: { ...roll, rollId: `${frame.planId}-${index}` } } : cut;
    }),
  };
}

/** What the reductions leave of a shortfall. */
export function balanceOf(shortfallUsd: Decimal, cuts: readonly ReductionReport[]) {
  const relieved = sumOf(cuts.map((cut) => cut.relievesUsd));
  return { shortfallUsd, remainingUsd: maxOf(ZERO, shortfallUsd.minus(relieved)) };
}

/** Closed at the venue, or rehearsed in dry run. */
export function isDone({ outcome }: ReductionReport): boolean {
  return outcome?.kind === 'confirmed' || outcome?.kind === 'rehearsed';
}

/**
 * What of an approved plan still makes sense: reductions that a fresh plan asks for too, each at
 * most as large as both. Consent never covers more than what was shown: who agreed to a roll has
 * not agreed to a plain reduction, and who agreed to a reduction not to opening anything.
 */
export function consented(
  approved: LiquidationPlanReport,
  fresh: WantedPlan | null,
): ReductionReport[] {
  const wanted = new Map((fresh?.reductions ?? []).map((cut) => [cut.symbol, cut]));
  return approved.reductions.flatMap((shown) => {
    const now = wanted.get(shown.symbol);
    if (!now || now.positionId !== shown.positionId || now.side !== shown.side) return [];
    if (shown.roll && !fresh?.rolls.has(shown.symbol)) return [];
    const quantity = minOf(shown.quantity, now.quantity);
    const share = quantity.div(now.quantity).toNumber();
    return [
      {
        ...shown,
        quantity,
        positionQuantity: now.positionQuantity,
        sharePct: quantity.div(now.positionQuantity).times(100).toNumber(),
        notionalUsd: now.notionalUsd.times(share),
        relievesUsd: now.relievesUsd.times(share),
        ...(shown.roll ? { roll: scaled(shown.roll, quantity.div(shown.quantity)) } : {}),
      },
    ];
  });
}

function scaled(roll: RollReport, share: Decimal): RollReport {
  const { costUsd, marginUsd } = roll;
  return { ...roll, costUsd: costUsd.times(share), marginUsd: marginUsd.times(share) };
}
