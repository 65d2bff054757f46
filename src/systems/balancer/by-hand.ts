/**
 * What a person asks for by hand, turned into exact moves: capped to what the account and the venue
 * allow, with a note for each thing that had to change. Decides nothing on its own.
 */
import { CENT_PLACES, ceilTo, Decimal, floorTo, maxOf, minOf, ZERO } from '../../core/decimal.ts';
import type { PerpSymbol } from '../../core/symbol.ts';
import { accountMarginRatePct } from './account.ts';
import { type Adjustment, adjustmentOf, applyAdjustments, atMostMaximum } from './adjustment.ts';
import { applyReductions, closingCostUsd } from './closing.ts';
import { quantityToClose, type Reduction, reductionOf, reliefUsd } from './deleverage.ts';
import {
  assertBook,
  type Book,
  collateralAtRateUsd,
  equityUsd,
  type Leg,
  marginRatePct,
  notionalUsd,
  unrealizedPnlUsd,
} from './model.ts';
import type { BalancerSettings } from './settings.ts';
import { totalsOf } from './totals.ts';

/** Amounts in USD, shares and rates in percent. */
export type HandRequest =
  | { readonly kind: 'topup'; readonly symbol: PerpSymbol; readonly usd: Decimal }
  | { readonly kind: 'topup_to_rate'; readonly symbol: PerpSymbol; readonly ratePct: number }
  | { readonly kind: 'release'; readonly symbol: PerpSymbol; readonly usd: Decimal }
  /** Closing is a reduction of 100 %. */
  | { readonly kind: 'reduce'; readonly symbol: PerpSymbol; readonly sharePct: number }
  /** Every position reduced by the same share until notional / equity is this. */
  | { readonly kind: 'deleverage'; readonly leverage: number };

/** What had to change in the request, or what a person should know before confirming. */
export type HandNote =
  | 'capped_to_free'
  | 'capped_to_minimum'
  | 'capped_to_maximum'
  | 'rounded_to_minimum_order'
  | 'below_emergency_after'
  | 'profit_realised'
  | 'loss_realised';

export type HandRefusal =
  | 'unknown_symbol'
  | 'nothing_free'
  | 'at_minimum'
  | 'at_maximum'
  | 'rate_reached'
  | 'leverage_reached'
  | 'below_minimum_order';

export interface HandPlan {
  readonly kind: 'plan';
  readonly adjustments: readonly Adjustment[];
  readonly reductions: readonly Reduction[];
  /** The book once all of it has happened at the mark. */
  readonly after: Book;
  readonly accountRateBeforePct: number | null;
  readonly accountRateAfterPct: number | null;
  /** Fee and slippage of the reductions, USD, rounded up to cents. */
  readonly costUsd: Decimal;
  readonly notes: readonly HandNote[];
}

export type HandAnswer = HandPlan | { readonly kind: 'refused'; readonly reason: HandRefusal };

const CENT = new Decimal('0.01');
/** A buffer above the minimum, which moves with the market while we write. */
const MINIMUM_BUFFER = 1.01;
/** By hand the whole position may be closed at once. */
const WHOLE = { max_single_close_pct: 100 };

/** @throws InvariantError on numbers no venue can mean. */
export function planByHand(
  book: Book,
  request: HandRequest,
  settings: BalancerSettings,
): HandAnswer {
  assertBook(book);
  if (request.kind === 'deleverage') return deleverage(book, request.leverage, settings);
  const leg = book.legs.find((candidate) => candidate.symbol === request.symbol);
  if (!leg) return refused('unknown_symbol');
  switch (request.kind) {
    case 'topup':
      return topUp(book, leg, request.usd, settings);
    case 'topup_to_rate': {
      const goal = ceilTo(collateralAtRateUsd(leg, request.ratePct), CENT_PLACES);
      const wanted = goal.minus(leg.collateralExact);
      return wanted.gt(0) ? topUp(book, leg, wanted, settings) : refused('rate_reached');
    }
    case 'release':
      return release(book, leg, request.usd, settings);
    case 'reduce':
      return reduceOne(book, leg, request.sharePct, settings);
  }
}

function topUp(book: Book, leg: Leg, usd: Decimal, settings: BalancerSettings): HandAnswer {
  const notes: HandNote[] = [];
  const free = floorTo(maxOf(ZERO, book.availableExact), CENT_PLACES);
  const paid = minOf(floorTo(usd, CENT_PLACES), free);
  if (paid.lt(CENT)) return refused('nothing_free');
  if (paid.lt(floorTo(usd, CENT_PLACES))) notes.push('capped_to_free');
  const wanted = leg.collateralExact.plus(paid);
  const to = atMostMaximum(leg, wanted);
  if (to.lte(leg.collateralExact)) return refused('at_maximum');
  if (to.lt(wanted)) notes.push('capped_to_maximum');
  return planned(book, [adjustmentOf(leg, to)], [], notes, settings);
}

function release(book: Book, leg: Leg, usd: Decimal, settings: BalancerSettings): HandAnswer {
  const notes: HandNote[] = [];
  const floor = ceilTo(Math.max(0.01, leg.minUsd * MINIMUM_BUFFER), CENT_PLACES);
  const wanted = ceilTo(leg.collateralExact.minus(usd), CENT_PLACES);
  const to = maxOf(wanted, floor);
  if (to.gte(leg.collateralExact)) return refused('at_minimum');
  if (to.gt(wanted)) notes.push('capped_to_minimum');
  const move = adjustmentOf(leg, to);
  if (move.rateAfterPct < settings.thresholds.emergency_margin_rate) {
    notes.push('below_emergency_after');
  }
  return planned(book, [move], [], notes, settings);
}

function reduceOne(book: Book, leg: Leg, sharePct: number, settings: BalancerSettings): HandAnswer {
  const cut = cutOf(leg, sharePct / 100, settings);
  if (!cut) return refused('below_minimum_order');
  const notes: HandNote[] = [];
  // More than a hundredth off is the smallest order at work, not rounding to eight places.
  if (Math.abs(cut.sharePct - sharePct) > 1) notes.push('rounded_to_minimum_order');
  notes.push(unrealizedPnlUsd(leg) >= 0 ? 'profit_realised' : 'loss_realised');
  return planned(book, [], [cut], notes, settings);
}

/**
 * The share f of every position so that afterwards Σ notional = leverage × equity, costs included:
 * (1 − f) N = L (E − c f N), with c what closing costs per notional, so
 * f = (N − L E) / (N (1 − L c)).
 */
function deleverage(book: Book, leverage: number, settings: BalancerSettings): HandAnswer {
  const { legs, availableUsd } = book;
  const total = legs.reduce((sum, leg) => sum + notionalUsd(leg), 0);
  const equity = legs.reduce((sum, leg) => sum + equityUsd(leg), availableUsd);
  const costRate = total > 0 ? legs.reduce((sum, leg) => sum + closingCostUsd(leg), 0) / total : 0;
  const efficiency = 1 - leverage * costRate;
  const share = efficiency > 0 ? (total - leverage * equity) / (total * efficiency) : 1;
  if (!(share > 0)) return refused('leverage_reached');
  const cuts = legs.flatMap((leg) => cutOf(leg, Math.min(1, share), settings) ?? []);
  if (cuts.length === 0) return refused('below_minimum_order');
  return planned(book, [], cuts, [], settings);
}

function cutOf(leg: Leg, share: number, settings: BalancerSettings): Reduction | null {
  const quantity = quantityToClose(leg, share, WHOLE);
  if (!quantity) return null;
  const exact = quantity.div(leg.quantityExact).toNumber();
  return reductionOf(leg, quantity, exact, reliefUsd(leg, settings));
}

function planned(
  book: Book,
  adjustments: readonly Adjustment[],
  reductions: readonly Reduction[],
  notes: readonly HandNote[],
  settings: BalancerSettings,
): HandPlan {
  const after = applyReductions(applyAdjustments(book, adjustments), reductions);
  const bySymbol = new Map(book.legs.map((leg) => [leg.symbol, leg]));
  const cost = reductions.reduce((sum, cut) => {
    const leg = bySymbol.get(cut.symbol);
    return leg ? sum + (closingCostUsd(leg) * cut.sharePct) / 100 : sum;
  }, 0);
  const endangered = after.legs.some(
    (leg) => marginRatePct(leg) < settings.thresholds.emergency_margin_rate,
  );
  const isNew = endangered && reductions.length > 0 && !notes.includes('below_emergency_after');
  return {
    kind: 'plan',
    adjustments,
    reductions,
    after,
    accountRateBeforePct: accountMarginRatePct(totalsOf(book.legs), book.availableUsd),
    accountRateAfterPct: accountMarginRatePct(totalsOf(after.legs), after.availableUsd),
    costUsd: ceilTo(cost, CENT_PLACES),
    notes: isNew ? [...notes, 'below_emergency_after'] : notes,
  };
}

function refused(reason: HandRefusal): HandAnswer {
  return { kind: 'refused', reason };
}
