/** The account as a whole: its margin rate and the early warning. */
import type { Totals } from './totals.ts';

/** (available + Σ equity) / Σ notional, in percent; null without positions. */
export function accountMarginRatePct(totals: Totals, availableUsd: number): number | null {
  if (totals.count === 0 || totals.notionalUsd <= 0) return null;
  return ((availableUsd + totals.equityUsd) / totals.notionalUsd) * 100;
}

/** The warning ends only this far above its limit, so that a rate near it does not flicker. */
const RELEASE_FACTOR = 1.1;

/**
 * Whether the warning is on: from below the limit until above 1.1 times it. Whoever compares the
 * answer with `previous` tells people once per crossing.
 */
export function warningState(previous: boolean, ratePct: number, limitPct: number): boolean {
  return previous ? ratePct <= limitPct * RELEASE_FACTOR : ratePct < limitPct;
}
