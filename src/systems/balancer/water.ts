/**
 * Water-filling: pours an amount into vessels with a floor and a ceiling each so that all stand at
 * one level, except where a bound holds one back. The fixed point of "clamp, share out what the
 * clamps freed or took, repeat", found directly.
 */
import { assert } from '../../core/errors.ts';

/** Holds `base + slope × level`, but never less than `low` nor more than `high`. USD. */
export interface Vessel {
  readonly base: number;
  /** Above 0. */
  readonly slope: number;
  readonly low: number;
  /** At least `low`; may be Infinity. */
  readonly high: number;
}

export function contentAt(vessel: Vessel, level: number): number {
  if (level === Number.POSITIVE_INFINITY) return vessel.high;
  return Math.min(vessel.high, Math.max(vessel.low, vessel.base + vessel.slope * level));
}

/**
 * The level at which the vessels hold the amount together; Infinity when even full they hold no
 * more than it. O(n log n): the total is a broken line that only rises, so the two corners around
 * the amount are found by halving, and between corners the line is straight.
 * @throws InvariantError when the floors alone exceed the amount.
 */
export function waterLevel(vessels: readonly Vessel[], amount: number): number {
  const lows = vessels.reduce((sum, vessel) => sum + vessel.low, 0);
  assert(lows <= amount, `floors of at most ${amount}, were ${lows}`);
  const highs = vessels.reduce((sum, vessel) => sum + vessel.high, 0);
  if (highs <= amount) return Number.POSITIVE_INFINITY;
  const corners = cornersOf(vessels);
  let below = 0;
  let above = corners.length;
  while (above - below > 1) {
    const middle = (below + above) >>> 1;
    if (totalAt(vessels, corners[middle] ?? 0) <= amount) below = middle;
    else above = middle;
  }
  const from = corners[below] ?? 0;
  const to = corners[above] ?? Number.POSITIVE_INFINITY;
  return levelBetween(vessels, amount, from, to);
}

function cornersOf(vessels: readonly Vessel[]): Float64Array {
  const corners = new Float64Array(vessels.length * 2);
  let count = 0;
  for (const { base, slope, low, high } of vessels) {
    corners[count] = (low - base) / slope;
    count += 1;
    if (high === Number.POSITIVE_INFINITY) continue;
    corners[count] = (high - base) / slope;
    count += 1;
  }
  return corners.subarray(0, count).sort();
}

function totalAt(vessels: readonly Vessel[], level: number): number {
  let total = 0;
  for (const vessel of vessels) total += contentAt(vessel, level);
  return total;
}

/** Solves the straight piece between two neighbouring corners. */
function levelBetween(
  vessels: readonly Vessel[],
  amount: number,
  from: number,
  to: number,
): number {
  let fixed = 0;
  let slopes = 0;
  for (const { base, slope, low, high } of vessels) {
    const rises = (low - base) / slope <= from && (high - base) / slope > from;
    if (rises) {
      slopes += slope;
      fixed += base;
    } else {
      fixed += (high - base) / slope <= from ? high : low;
    }
  }
  if (slopes === 0) return from;
  return Math.min(to, Math.max(from, (amount - fixed) / slopes));
}
