/** Which positions' marks are worth a stream of their own. */
import type { PerpSymbol } from '../../core/symbol.ts';
import { evenDistanceFor } from './even.ts';
import { type Leg, marginRatePct, weightedDistance } from './model.ts';
import type { BalancerSettings } from './settings.ts';
import type { Totals } from './totals.ts';

/** Watched below this many times the emergency rate… */
const RATE_FACTOR = 2;
/** …or below this many times the weighted distance that triggers a rescue. */
const TRIGGER_FACTOR = 1.5;

/** The symbols to stream; the others are read once a cycle. `all` in the settings streams all. */
export function atRisk(
  legs: Iterable<Leg>,
  totals: Totals,
  availableUsd: number,
  settings: BalancerSettings,
): Set<PerpSymbol> {
  const { monitor, thresholds, emergency } = settings;
  const rateBelowPct = RATE_FACTOR * thresholds.emergency_margin_rate;
  const share = TRIGGER_FACTOR * emergency.relative_trigger;
  const watched = new Set<PerpSymbol>();
  for (const leg of legs) {
    const even = evenDistanceFor(leg, totals, availableUsd, settings);
    const isClose = marginRatePct(leg) < rateBelowPct || weightedDistance(leg) < share * even;
    if (monitor.subscription === 'all' || isClose) watched.add(leg.symbol);
  }
  return watched;
}
