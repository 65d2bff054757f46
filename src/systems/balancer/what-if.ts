/**
 * What would follow if prices moved: the same deciders on a shifted book. Nothing is kept.
 *
 * The shift is one jump. Rescues come first, worst first, as on a tick; then one round of routine
 * levelling; then the plan of reductions for what is still short.
 */
import type { PerpSymbol } from '../../core/symbol.ts';
import { accountMarginRatePct } from './account.ts';
import { type Adjustment, adjustmentOf, applyAdjustments } from './adjustment.ts';
import { type DeleveragePlan, planDeleverage } from './deleverage.ts';
import { isEndangered, planEmergency } from './emergency.ts';
import {
  type Book,
  distance,
  type Leg,
  marginRatePct,
  roomUsd,
  weightedDistance,
  withMark,
} from './model.ts';
import { decideRebalance } from './rebalance.ts';
import type { BalancerSettings } from './settings.ts';
import { reachableTotals, totalsOf } from './totals.ts';

/** Prices moved in thought: one symbol, or all of them. */
export interface PriceShift {
  readonly symbol: PerpSymbol | '*';
  /** Percent, above −100, at most 1,000. */
  readonly pct: number;
}

/** One position at the shifted price. Rates in percent, distances as fractions. */
export interface WhatIfPosition {
  readonly symbol: PerpSymbol;
  readonly rateBeforePct: number;
  readonly rateAfterPct: number;
  /** Rate once the moves are made; equal to `rateAfterPct` where nothing moves. */
  readonly rateManagedPct: number;
  readonly distanceAfter: number;
  readonly distanceManaged: number;
  /** Without any help the exchange would have closed it. */
  readonly wouldBeLiquidated: boolean;
  /** The rules for rescues would fire for it. */
  readonly endangered: boolean;
}

export interface WhatIf {
  readonly accountRateBeforePct: number | null;
  readonly accountRateAfterPct: number | null;
  /** Worst after the shift first. */
  readonly positions: readonly WhatIfPosition[];
  /** One net move per position. */
  readonly moves: readonly Adjustment[];
  readonly deleverage: DeleveragePlan | null;
}

/**
 * Null when the book has no such symbol.
 * @throws RangeError for a shift that leaves no positive price or is beyond +1,000 %.
 */
export function whatIf(book: Book, shift: PriceShift, settings: BalancerSettings): WhatIf | null {
  if (!(shift.pct > -100 && shift.pct <= 1_000)) {
    throw new RangeError(`expected a shift above -100 and at most 1000 percent, was ${shift.pct}`);
  }
  const hits = (leg: Leg) => shift.symbol === '*' || leg.symbol === shift.symbol;
  if (!book.legs.some(hits)) return null;
  const factor = 1 + shift.pct / 100;
  const legs = book.legs.map((leg) => (hits(leg) ? withMark(leg, leg.markPrice * factor) : leg));
  const shifted = { ...book, legs };
  const managed = manage(shifted, settings);
  return {
    accountRateBeforePct: accountMarginRatePct(totalsOf(book.legs), book.availableUsd),
    accountRateAfterPct: accountMarginRatePct(totalsOf(legs), book.availableUsd),
    positions: positionsOf(book, shifted, managed, settings),
    moves: movesBetween(shifted, managed),
    deleverage: planDeleverage(managed, settings),
  };
}

function manage(shifted: Book, settings: BalancerSettings): Book {
  let book = shifted;
  const worstFirst = [...shifted.legs].sort((a, b) => weightedDistance(a) - weightedDistance(b));
  for (const { symbol } of worstFirst) {
    const leg = book.legs.find((candidate) => candidate.symbol === symbol);
    if (!leg || !endangered(leg, book, settings)) continue;
    const plan = planEmergency(book, symbol, settings);
    if (!plan) continue;
    const moves = plan.receiver ? [...plan.donors, plan.receiver] : plan.donors;
    book = applyAdjustments(book, moves);
  }
  return applyAdjustments(book, decideRebalance(book, settings).adjustments);
}

function endangered(leg: Leg, book: Book, settings: BalancerSettings): boolean {
  const totals = reachableTotals(book, settings.allocation.reserve_usdt);
  return isEndangered(leg, totals, book.availableUsd, settings) !== false;
}

function positionsOf(
  before: Book,
  shifted: Book,
  managed: Book,
  settings: BalancerSettings,
): WhatIfPosition[] {
  const positions = shifted.legs.map((leg, index) => {
    const helped = managed.legs[index] ?? leg;
    return {
      symbol: leg.symbol,
      rateBeforePct: marginRatePct(before.legs[index] ?? leg),
      rateAfterPct: marginRatePct(leg),
      rateManagedPct: marginRatePct(helped),
      distanceAfter: distance(leg),
      distanceManaged: distance(helped),
      wouldBeLiquidated: roomUsd(leg) <= 0,
      endangered: endangered(leg, shifted, settings),
    };
  });
  return positions.sort((a, b) => a.distanceAfter - b.distanceAfter);
}

function movesBetween(shifted: Book, managed: Book): Adjustment[] {
  return shifted.legs.flatMap((leg, index) => {
    const to = managed.legs[index]?.collateralExact;
    return !to || to.eq(leg.collateralExact) ? [] : [adjustmentOf(leg, to)];
  });
}
