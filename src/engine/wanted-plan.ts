/**
 * Which reductions the account asks for now: because it is short, or, where the settings say so, to
 * set free the profit of winners before collateral runs out. Both go the same way: cap, priority,
 * cool-down, approval.
 */
import { CENT_PLACES, floorTo, ZERO } from '../core/decimal.ts';
import {
  type BalancerSettings,
  type Book,
  type DeleveragePlan,
  type HarvestMove,
  planDeleverage,
  planHarvest,
  type Reduction,
} from '../systems/balancer/index.ts';

export type PlanPurpose = 'shortfall' | 'harvest';

export interface WantedPlan extends DeleveragePlan {
  readonly purpose: PlanPurpose;
}

/** Null when nothing has to be reduced. A shortfall comes before anything else. */
export function wantedPlan(book: Book, settings: BalancerSettings): WantedPlan | null {
  const short = shortfallPlan(book, settings);
  const isShort =
    short !== null &&
    short.reductions.length > 0 &&
    short.shortfallUsd.gte(settings.thresholds.min_adjustment_usdt);
  return isShort ? short : harvestPlan(book, settings);
}

/** The plan of one purpose, to compare an approved one with. */
export function planFor(
  purpose: PlanPurpose,
  book: Book,
  settings: BalancerSettings,
): WantedPlan | null {
  return purpose === 'harvest' ? harvestPlan(book, settings) : shortfallPlan(book, settings);
}

function shortfallPlan(book: Book, settings: BalancerSettings): WantedPlan | null {
  const plan = planDeleverage(book, settings);
  return plan && { ...plan, purpose: 'shortfall' };
}

/** The service never opens a position: where the settings ask for a roll, it reduces. */
function harvestPlan(book: Book, settings: BalancerSettings): WantedPlan | null {
  if (settings.harvest.mode === 'off' || !settings.liquidation.enabled) return null;
  const reducing = { ...settings, harvest: { ...settings.harvest, mode: 'reduce' as const } };
  const plan = planHarvest(book, reducing);
  if (!plan) return null;
  const marks = new Map(book.legs.map((leg) => [leg.symbol, leg.markPrice]));
  return {
    purpose: 'harvest',
    shortfallUsd: ZERO,
    remainingUsd: ZERO,
    reductions: plan.moves.map((move) => reductionFrom(move, marks.get(move.symbol) ?? 0)),
  };
}

function reductionFrom(move: HarvestMove, markPrice: number): Reduction {
  const { symbol, positionId, side, quantity, positionQuantity, priority } = move;
  return {
    symbol,
    positionId,
    side,
    quantity,
    positionQuantity,
    priority,
    sharePct: quantity.div(positionQuantity).times(100).toNumber(),
    notionalUsd: floorTo(quantity.times(markPrice), CENT_PLACES),
    relievesUsd: floorTo(move.realizesUsd.minus(move.costUsd), CENT_PLACES),
  };
}
