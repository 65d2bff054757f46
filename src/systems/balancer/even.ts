/** The distance one position ought to have now: what the relative trigger measures it against. */
import { closingEquityUsd, type Leg, unrealizedPnlUsd, weightedNotionalUsd } from './model.ts';
import type { BalancerSettings } from './settings.ts';
import { evenDistance, type Totals } from './totals.ts';

/**
 * The weighted distance all positions would share if collateral were spread evenly. In the mode
 * `risk_weight` the schedule itself holds a losing position nearer than that, so there it is at
 * most the distance of the position's own scheduled target: otherwise the emergency path and the
 * schedule would undo each other's work for ever. A fraction; may be negative.
 */
export function evenDistanceFor(
  leg: Leg,
  totals: Totals,
  availableUsd: number,
  settings: BalancerSettings,
): number {
  const { mode, reserve_usdt: reserveUsd } = settings.allocation;
  const even = evenDistance(totals, availableUsd, reserveUsd);
  if (mode === 'equal_distance' || totals.weightedNotionalUsd <= 0) return even;
  const poolUsd = Math.max(0, availableUsd - reserveUsd) + totals.collateralUsd;
  const weightedUsd = weightedNotionalUsd(leg);
  const targetUsd = (poolUsd * weightedUsd) / totals.weightedNotionalUsd;
  const room = targetUsd + unrealizedPnlUsd(leg) - closingEquityUsd(leg);
  return Math.min(even, room / weightedUsd);
}
