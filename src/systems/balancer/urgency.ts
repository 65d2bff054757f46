/**
 * More room for a position that is falling fast.
 *
 * Weights say how much positions move over days. For some seconds one of them can move many times
 * that much while the others do not, and then an even share of the pool is less than its next step.
 * So while a position falls it is weighed by its present speed: each percent lost within ten
 * seconds counts as one unit of weight, where that is more than its own weight. When everything
 * falls alike nothing changes, because only the proportions count.
 *
 * Ten seconds and one unit were chosen on two of four windows of recorded candles; half and twice
 * of either save fewer positions or cost many more writes.
 */
import type { Leg } from './model.ts';
import type { BalancerSettings } from './settings.ts';

/** How far back a fall is measured from, in seconds. */
export const URGENCY_WINDOW_SEC = 10;
/** Units of weight for each percent lost within that time. */
const WEIGHT_PER_PCT = 1;

/** The weight of a position that has lost so many percent of its price within the window. */
export function urgentWeight(weight: number, lostPct: number): number {
  return Math.max(weight, WEIGHT_PER_PCT * lostPct);
}

/**
 * The leg as it is to be weighed now, the same object where that changes nothing. In the mode
 * `risk_weight` weights stay as they are.
 */
export function withUrgency(leg: Leg, lostPct: number, settings: BalancerSettings): Leg {
  const isWeighed = settings.allocation.mode === 'equal_distance';
  const wanted = isWeighed ? urgentWeight(leg.weight, lostPct) : leg.weight;
  const present = leg.urgentWeight ?? leg.weight;
  return wanted === present ? leg : { ...leg, urgentWeight: wanted };
}
