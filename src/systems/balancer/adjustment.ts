/** One planned move of collateral, in exact cents, and what it does to the position. */
import { CENT_PLACES, type Decimal, floorTo, minOf } from '../../core/decimal.ts';
import type { PerpSymbol } from '../../core/symbol.ts';
import {
  type Book,
  distance,
  type Leg,
  marginRatePct,
  notionalUsd,
  unrealizedPnlUsd,
  withCollateral,
} from './model.ts';

export interface Adjustment {
  readonly symbol: PerpSymbol;
  readonly positionId: string;
  readonly fromUsd: Decimal;
  readonly toUsd: Decimal;
  readonly rateBeforePct: number;
  readonly rateAfterPct: number;
  /** Distance to forced liquidation before the move, as a fraction of the mark. */
  readonly distanceBefore: number;
}

/** `toNumber` is the same amount in binary, where the caller has it already. */
export function adjustmentOf(
  leg: Leg,
  toUsd: Decimal,
  toNumber: number = toUsd.toNumber(),
): Adjustment {
  const equityAfter = toNumber + unrealizedPnlUsd(leg);
  return {
    symbol: leg.symbol,
    positionId: leg.positionId,
    fromUsd: leg.collateralExact,
    toUsd,
    rateBeforePct: marginRatePct(leg),
    rateAfterPct: (equityAfter / notionalUsd(leg)) * 100,
    distanceBefore: distance(leg),
  };
}

/** The amount, or the most whole cents the venue accepts for the position. */
export function atMostMaximum(leg: Leg, usd: Decimal): Decimal {
  if (leg.maxUsd === Number.POSITIVE_INFINITY) return usd;
  return minOf(usd, floorTo(leg.maxUsd, CENT_PLACES));
}

/** What the move adds to the position, negative for a decrease. */
export function changeUsd(adjustment: Adjustment): Decimal {
  return adjustment.toUsd.minus(adjustment.fromUsd);
}

/** The book as it is once the moves have happened: collateral changes, free balance pays. */
export function applyAdjustments(book: Book, adjustments: Iterable<Adjustment>): Book {
  const bySymbol = new Map([...adjustments].map((move) => [move.symbol, move]));
  let availableExact = book.availableExact;
  const legs = book.legs.map((leg) => {
    const move = bySymbol.get(leg.symbol);
    if (!move || move.positionId !== leg.positionId) return leg;
    availableExact = availableExact.minus(move.toUsd.minus(leg.collateralExact));
    return withCollateral(leg, move.toUsd);
  });
  return { legs, availableExact, availableUsd: availableExact.toNumber() };
}
