/** What an act by hand changes, position by position, and whether a shown one still holds. */
import type { Decimal } from '../core/decimal.ts';
import { type Book, distance, type HandPlan, marginRatePct } from '../systems/balancer/index.ts';
import type { ActEffect, ActPreview } from './door.ts';

/** Amounts may be off by a fiftieth, and rates by a tenth, before people are asked again. */
const AMOUNT_TOLERANCE = 0.02;
const RATE_TOLERANCE = 0.1;
/** Below this many USD a difference does not matter. */
const AMOUNT_MIN_USD = 1;

/** Positions that the plan touches; a position closed whole has rate and distance 0 afterwards. */
export function effectsOf(book: Book, plan: HandPlan): ActEffect[] {
  const touched = new Set([...plan.adjustments, ...plan.reductions].map(({ symbol }) => symbol));
  const after = new Map(plan.after.legs.map((leg) => [leg.symbol, leg]));
  return book.legs
    .filter((leg) => touched.has(leg.symbol))
    .map((leg) => {
      const later = after.get(leg.symbol);
      return {
        symbol: leg.symbol,
        rateBeforePct: marginRatePct(leg),
        rateAfterPct: later ? marginRatePct(later) : 0,
        distanceBefore: distance(leg),
        distanceAfter: later ? distance(later) : 0,
      };
    });
}

/** The same positions, about the same amounts, about the same rates afterwards. */
export function actFits(shown: ActPreview, fresh: HandPlan): boolean {
  const moves = new Map(fresh.adjustments.map((move) => [move.symbol, move]));
  const cuts = new Map(fresh.reductions.map((cut) => [cut.symbol, cut]));
  if (moves.size !== shown.adjustments.length || cuts.size !== shown.reductions.length)
    return false;
  const movesFit = shown.adjustments.every((before) => {
    const now = moves.get(before.symbol);
    if (!now) return false;
    const shownUsd = before.toUsd.minus(before.fromUsd);
    const isClose = near(shownUsd, now.toUsd.minus(now.fromUsd));
    return isClose && ratesFit(before.rateAfterPct, now.rateAfterPct);
  });
  return (
    movesFit &&
    shown.reductions.every((before) => {
      const now = cuts.get(before.symbol);
      return now !== undefined && now.side === before.side && isNear(before, now);
    })
  );
}

function near(aUsd: Decimal, bUsd: Decimal): boolean {
  const off = aUsd.minus(bUsd).abs().toNumber();
  return off <= AMOUNT_MIN_USD || off <= aUsd.abs().toNumber() * AMOUNT_TOLERANCE;
}

function isNear(shown: { quantity: Decimal }, fresh: { quantity: Decimal }): boolean {
  const off = shown.quantity.minus(fresh.quantity).abs();
  return off.lte(shown.quantity.times(AMOUNT_TOLERANCE));
}

function ratesFit(a: number, b: number): boolean {
  return Math.abs(a - b) <= Math.max(0.1, Math.abs(a) * RATE_TOLERANCE);
}
