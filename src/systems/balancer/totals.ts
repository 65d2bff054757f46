/**
 * Sums over all positions, kept up to date by O(1) steps, and the distance they would all have if
 * collateral were spread evenly now.
 *
 * Two kinds of position take no part in the spreading, and their `locked` money is left out:
 * one already at its liquidation price (it keeps what it has), and one so far in profit that even
 * its least collateral leaves it beyond the even distance. Who the latter are depends on that
 * distance, so it is solved once (`reachableTotals`) and then held while marks move: for any such
 * set the formula gives at least the true distance, so a stale set errs towards checking too often.
 */
import {
  type Book,
  closingEquityUsd,
  type Leg,
  maintenanceUsd,
  notionalUsd,
  unrealizedPnlUsd,
  weightedNotionalUsd,
} from './model.ts';

export interface Totals {
  readonly count: number;
  readonly collateralUsd: number;
  readonly unrealizedPnlUsd: number;
  /** Σ collateral + Σ unrealised profit and loss. */
  readonly equityUsd: number;
  readonly maintenanceUsd: number;
  readonly notionalUsd: number;
  readonly weightedNotionalUsd: number;
  /** What can be spread: Σ (equity − closing equity) of those who share, and what the others can
   *  give up. */
  readonly spreadableUsd: number;
  /** Σ notional × weight of those who share. */
  readonly sharingUsd: number;
  /** A position whose least collateral keeps it beyond this weighted distance does not share. */
  readonly lockLevel: number;
}

/**
 * Sums up afresh. Without a `lockLevel` everybody alive shares: the plain B / Σ N·w. `rescued` is a
 * position that shares even when it is past its liquidation price.
 */
export function totalsOf(
  legs: Iterable<Leg>,
  lockLevel = Number.POSITIVE_INFINITY,
  rescued: Leg | null = null,
): Totals {
  const sums = { ...EMPTY, lockLevel };
  for (const leg of legs) add(sums, leg, 1, leg === rescued);
  return sums;
}

type Sums = { -readonly [Key in keyof Totals]: Totals[Key] };

const EMPTY: Totals = {
  count: 0,
  collateralUsd: 0,
  unrealizedPnlUsd: 0,
  equityUsd: 0,
  maintenanceUsd: 0,
  notionalUsd: 0,
  weightedNotionalUsd: 0,
  spreadableUsd: 0,
  sharingUsd: 0,
  lockLevel: Number.POSITIVE_INFINITY,
};

/**
 * Takes one state of a position out and another in; null where it did not or will not exist. O(1).
 * Rounding drifts by about 1e-16 of the sums a step, so rebuild now and then (each cycle).
 */
export function replaceLeg(totals: Totals, before: Leg | null, after: Leg | null): Totals {
  const sums: Sums = { ...totals };
  if (before) add(sums, before, -1);
  if (after) add(sums, after, 1);
  return sums;
}

/** On the path of every mark: nothing is put together here only to be taken apart again. */
function add(sums: Sums, leg: Leg, sign: 1 | -1, isRescued = false): void {
  const pnlUsd = unrealizedPnlUsd(leg);
  const roomLeftUsd = leg.collateralUsd + pnlUsd - closingEquityUsd(leg);
  const weightedUsd = weightedNotionalUsd(leg);
  sums.count += sign;
  sums.collateralUsd += sign * leg.collateralUsd;
  sums.unrealizedPnlUsd += sign * pnlUsd;
  sums.equityUsd += sign * (leg.collateralUsd + pnlUsd);
  sums.maintenanceUsd += sign * maintenanceUsd(leg);
  sums.notionalUsd += sign * notionalUsd(leg);
  sums.weightedNotionalUsd += sign * weightedUsd;
  const isPinned = leg.minUsd >= leg.collateralUsd && leg.maxUsd <= leg.collateralUsd;
  if ((roomLeftUsd <= 0 && !isRescued) || isPinned) return;
  // How much collateral can be taken out at most, and the weighted distance that then remains.
  const givesUsd = Math.max(0, leg.collateralUsd - leg.minUsd);
  const lockedFrom = (roomLeftUsd - givesUsd) / weightedUsd;
  if (lockedFrom < sums.lockLevel) {
    sums.spreadableUsd += sign * roomLeftUsd;
    sums.sharingUsd += sign * weightedUsd;
  } else {
    sums.spreadableUsd += sign * givesUsd;
  }
}

/**
 * The weighted distance all sharing positions would have if collateral were spread evenly now, as a
 * fraction; negative when they cannot all be held, 0 without any.
 */
export function evenDistance(totals: Totals, availableUsd: number, reserveUsd: number): number {
  if (totals.count === 0 || totals.sharingUsd <= 0) return 0;
  const freeUsd = Math.max(0, availableUsd - reserveUsd);
  return (freeUsd + totals.spreadableUsd) / totals.sharingUsd;
}

/** Newton's steps on a convex broken line end after a few; this only bounds the absurd. */
const STEPS_MAX = 64;

/**
 * Totals whose even distance can really be reached: profit that is locked in its position is left
 * out. Starting with everybody sharing, each step locks those whose least collateral keeps them
 * beyond the distance found, until nobody is added. O(n) a step, a handful of steps.
 */
export function reachableTotals(
  book: Book,
  reserveUsd: number,
  rescued: Leg | null = null,
): Totals {
  let totals = totalsOf(book.legs, Number.POSITIVE_INFINITY, rescued);
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const level = evenDistance(totals, book.availableUsd, reserveUsd);
    if (level >= totals.lockLevel) return totals;
    const next = totalsOf(book.legs, level, rescued);
    if (next.sharingUsd <= 0) return totals;
    totals = next;
  }
  return totals;
}
