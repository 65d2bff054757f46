import { CENT_PLACES, type Decimal, floorTo, ZERO } from '../../core/decimal.ts';
import { type Adjustment, changeUsd } from './adjustment.ts';

/**
 * What of the planned increases can be paid from cash that is really there, smallest distance to
 * liquidation first. One that cannot be paid whole gets what is left, in whole cents.
 */
export function payIncreases(increases: readonly Adjustment[], cashUsd: Decimal): Adjustment[] {
  let left = cashUsd;
  const paid: Adjustment[] = [];
  for (const increase of nearestFirst(increases)) {
    const cost = changeUsd(increase);
    if (cost.lte(left)) {
      paid.push(increase);
      left = left.minus(cost);
      continue;
    }
    const part = partOf(increase, left);
    if (!part) continue;
    paid.push(part);
    left = left.minus(changeUsd(part));
  }
  return paid;
}

/** Smallest distance first; the symbol decides between equals so that plans do not flicker. */
export function nearestFirst(increases: readonly Adjustment[]): Adjustment[] {
  return [...increases].sort(
    (a, b) => a.distanceBefore - b.distanceBefore || (a.symbol < b.symbol ? -1 : 1),
  );
}

/** As much of the increase as the cash can pay, in whole cents; null when that is nothing. */
export function partOf(increase: Adjustment, cashUsd: Decimal): Adjustment | null {
  const toUsd = floorTo(increase.fromUsd.plus(cashUsd), CENT_PLACES);
  const change = toUsd.minus(increase.fromUsd);
  if (change.lte(ZERO)) return null;
  const share = change.div(changeUsd(increase)).toNumber();
  const rateGain = (increase.rateAfterPct - increase.rateBeforePct) * share;
  return { ...increase, toUsd, rateAfterPct: increase.rateBeforePct + rateGain };
}
