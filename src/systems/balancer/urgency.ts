/**
 * More room for a position that is falling fast.
 *
 * Weights say how much positions move over days. For some seconds one of them can move many times
 * that much while the others do not, and then an even share of the pool is less than its next step.
 * So a position that has lost some percent within ten seconds is weighed by what gives it room for
 * twice that loss, where that is more than its own weight, and at most by one unit for each percent
 * lost: in an account that has next to nothing, nobody is given room at everybody else's cost. A
 * position that is far from liquidation anyway needs no more, and where everything falls alike
 * nothing changes, because only the proportions count.
 */
import type { Leg } from './model.ts';
import type { BalancerSettings } from './settings.ts';

/** How far back a fall is measured from, in seconds. */
export const URGENCY_WINDOW_SEC = 10;
/** Room for this many such falls. */
const FALLS = 2;
/** Units of weight for each percent lost, at most. */
const WEIGHT_PER_PCT_MAX = 1;

/**
 * The weight of a position that has lost so many percent of its price within the window.
 * @param evenPct the weighted distance that all positions share now, in percent
 */
export function urgentWeight(weight: number, lostPct: number, evenPct: number): number {
  const forRoom = evenPct > 0 ? (FALLS * lostPct) / evenPct : Number.POSITIVE_INFINITY;
  return Math.max(weight, Math.min(WEIGHT_PER_PCT_MAX * lostPct, forRoom));
}

/**
 * The leg as it is to be weighed now, the same object where that changes nothing. In the mode
 * `risk_weight` weights stay as they are. `even` is the weighted distance all share, a fraction.
 */
export function withUrgency(
  leg: Leg,
  lostPct: number,
  even: number,
  settings: BalancerSettings,
): Leg {
  const isWeighed = settings.allocation.mode === 'equal_distance';
  const wanted = isWeighed ? urgentWeight(leg.weight, lostPct, even * 100) : leg.weight;
  const present = leg.urgentWeight ?? leg.weight;
  return wanted === present ? leg : { ...leg, urgentWeight: wanted };
}
