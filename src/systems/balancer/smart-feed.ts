/** Which positions' marks are worth a stream of their own. */
import type { PerpSymbol } from '../../core/symbol.ts';
import { evenDistanceFor } from './even.ts';
import { type Leg, marginRatePct, weightedDistance } from './model.ts';
import type { BalancerSettings } from './settings.ts';
import type { Totals } from './totals.ts';

/** Watched below this many times the emergency rate… */
const RATE_FACTOR = 2;
/** …or below this many times the weighted distance that triggers a rescue… */
const TRIGGER_FACTOR = 1.5;
const MINUTE_SEC = 60;

/**
 * The symbols to stream; the others are read once a cycle. `all` in the settings streams all.
 * Also streamed is what a spike every minute could take before that next read: with a long poll
 * interval a fall would otherwise be over before anybody has seen it.
 */
export function atRisk(
  legs: Iterable<Leg>,
  totals: Totals,
  availableUsd: number,
  settings: BalancerSettings,
): Set<PerpSymbol> {
  const { monitor, thresholds, emergency } = settings;
  const rateBelowPct = RATE_FACTOR * thresholds.emergency_margin_rate;
  const share = TRIGGER_FACTOR * emergency.relative_trigger;
  const minutes = Math.max(1, monitor.poll_interval_sec / MINUTE_SEC);
  const unseen = (minutes * thresholds.price_spike_pct) / 100;
  const watched = new Set<PerpSymbol>();
  for (const leg of legs) {
    const even = evenDistanceFor(leg, totals, availableUsd, settings);
    const line = Math.max(share * even, unseen);
    const isClose = marginRatePct(leg) < rateBelowPct || weightedDistance(leg) < line;
    if (monitor.subscription === 'all' || isClose) watched.add(leg.symbol);
  }
  return watched;
}
