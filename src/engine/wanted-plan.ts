/**
 * Which reductions the account asks for now: because it is short, or, where the settings say so, to
 * set free the profit of winners before collateral runs out. Both go the same way: cap, priority,
 * cool-down, approval. A roll is such a reduction whose quantity is to be opened again at once.
 */
import { CENT_PLACES, type Decimal, floorTo, ZERO } from '../core/decimal.ts';
import type { PerpSymbol } from '../core/symbol.ts';
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

/** What opening again costs, both orders counted, and the initial margin it takes, USD. */
export interface PlannedRoll {
  readonly costUsd: Decimal;
  readonly marginUsd: Decimal;
}

export interface WantedPlan extends DeleveragePlan {
  readonly purpose: PlanPurpose;
  /** Of which symbols the closed quantity is to be opened again at once. */
  readonly rolls: ReadonlyMap<PerpSymbol, PlannedRoll>;
}

const NO_ROLLS: WantedPlan['rolls'] = new Map();

/**
 * Null when nothing has to be reduced. A shortfall comes before anything else.
 * @param mayOpen whether anything may be opened now; where not, a roll is planned as a reduction
 */
export function wantedPlan(
  book: Book,
  settings: BalancerSettings,
  mayOpen: boolean,
): WantedPlan | null {
  const short = shortfallPlan(book, settings);
  const isShort =
    short !== null &&
    short.reductions.length > 0 &&
    short.shortfallUsd.gte(settings.thresholds.min_adjustment_usdt);
  return isShort ? short : harvestPlan(book, settings, mayOpen);
}

/** The plan of one purpose, to compare an approved one with. */
export function planFor(
  purpose: PlanPurpose,
  book: Book,
  settings: BalancerSettings,
  mayOpen: boolean,
): WantedPlan | null {
  return purpose === 'harvest'
    ? harvestPlan(book, settings, mayOpen)
    : shortfallPlan(book, settings);
}

function shortfallPlan(book: Book, settings: BalancerSettings): WantedPlan | null {
  const plan = planDeleverage(book, settings);
  return plan && { ...plan, purpose: 'shortfall', rolls: NO_ROLLS };
}

function harvestPlan(book: Book, settings: BalancerSettings, mayOpen: boolean): WantedPlan | null {
  const { harvest, liquidation } = settings;
  if (harvest.mode === 'off' || !liquidation.enabled) return null;
  const mode = harvest.mode === 'roll' && mayOpen ? ('roll' as const) : ('reduce' as const);
  const wanted = { ...settings, harvest: { ...harvest, mode } };
  const plan = planHarvest(book, wanted, liquidation.max_single_close_pct);
  if (!plan) return null;
  const marks = new Map(book.legs.map((leg) => [leg.symbol, leg.markPrice]));
  const rolls = mode === 'roll' ? payableRolls(plan.moves, book) : NO_ROLLS;
  return {
    purpose: 'harvest',
    shortfallUsd: ZERO,
    remainingUsd: ZERO,
    rolls,
    reductions: plan.moves.map((move) => {
      const markPrice = marks.get(move.symbol) ?? 0;
      const isHalf = mode === 'roll' && !rolls.has(move.symbol);
      // A roll that is only half of one costs half.
      const costUsd = isHalf ? move.costUsd.div(2) : move.costUsd;
      return reductionFrom({ ...move, costUsd }, markPrice);
    }),
  };
}

/** Rolls whose margin the free balance and the profit that they realise can pay for certain. */
function payableRolls(moves: readonly HarvestMove[], book: Book): WantedPlan['rolls'] {
  const rolls = new Map<PerpSymbol, PlannedRoll>();
  let freeUsd = book.availableExact;
  for (const { symbol, realizesUsd, costUsd, collateralUsd } of moves) {
    const leftUsd = freeUsd.plus(realizesUsd).minus(costUsd).minus(collateralUsd);
    if (leftUsd.lt(0) || collateralUsd.lte(0)) continue;
    freeUsd = leftUsd;
    rolls.set(symbol, { costUsd, marginUsd: collateralUsd });
  }
  return rolls;
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
