/**
 * Where every position's collateral should be, for both modes.
 *
 * The pool is M = max(0, available − reserve) + Σ collateral. `risk_weight` gives each position its
 * share N·w / Σ N·w of it. `equal_distance` gives each what puts all at the same weighted distance
 * from liquidation. Either way nobody goes below the venue's minimum or above its maximum, and what
 * the bounds free or take is shared out among the rest.
 *
 * When the minimums alone exceed the pool, or an even distance would be below zero, the bounds and
 * the formula cannot all hold. Then: nobody is raised at the cost of another's survival. A position
 * below its minimum may stay where it is; one already past its liquidation price is rescued from
 * free balance alone, highest priority first, and otherwise keeps what it has; everybody else is
 * levelled among themselves. The sum never exceeds the pool.
 */
import type { PerpSymbol } from '../../core/symbol.ts';
import {
  assertBook,
  type Book,
  closingEquityUsd,
  type Leg,
  roomUsd,
  unrealizedPnlUsd,
  weightedNotionalUsd,
} from './model.ts';
import type { BalancerSettings } from './settings.ts';
import { contentAt, type Vessel, waterLevel } from './water.ts';

/** What held a target back: the venue's bounds, or `kept` where triage leaves it as it is. */
export type Bound = 'none' | 'min' | 'max' | 'kept';

export interface Target {
  readonly symbol: PerpSymbol;
  readonly positionId: string;
  readonly collateralUsd: number;
  readonly bound: Bound;
}

export interface Allocation {
  readonly poolUsd: number;
  /**
   * `equal_distance`: the weighted distance reached by all that no bound holds back, a fraction;
   * `risk_weight`: USD of collateral per USD of notional × weight. Infinity when every position is
   * at its maximum.
   */
  readonly level: number;
  /** True when the pool cannot hold everybody and the rule for that case was used. */
  readonly triage: boolean;
  /** In the order of the book's legs. */
  readonly targets: readonly Target[];
}

type Mode = BalancerSettings['allocation']['mode'];

/** Keeps rounding in binary sums from exceeding the pool; a millionth of a dollar in a million. */
const ROUNDING_SHARE = 1e-12;

/** Free balance that may be assigned, in USD. */
export function freeAboveReserveUsd(book: Book, settings: BalancerSettings): number {
  return Math.max(0, book.availableUsd - settings.allocation.reserve_usdt);
}

/** M: what is there to be assigned, in USD. */
export function poolUsd(book: Book, settings: BalancerSettings): number {
  let pool = freeAboveReserveUsd(book, settings);
  for (const leg of book.legs) pool += leg.collateralUsd;
  return pool;
}

/** @throws InvariantError on numbers no venue can mean. */
export function allocate(book: Book, settings: BalancerSettings): readonly Target[] {
  return allocation(book, settings).targets;
}

/** The targets and what led to them. O(n log n). @throws InvariantError as `allocate` does. */
export function allocation(book: Book, settings: BalancerSettings): Allocation {
  assertBook(book);
  const { mode } = settings.allocation;
  const ordered = { ...book, legs: inFixedOrder(book.legs) };
  const pool = poolUsd(ordered, settings);
  if (book.legs.length === 0) return { poolUsd: pool, level: 0, triage: false, targets: [] };
  const usable = pool * (1 - ROUNDING_SHARE);
  const vessels = ordered.legs.map((leg) => vesselOf(leg, mode, leg.minUsd));
  const lows = vessels.reduce((sum, vessel) => sum + vessel.low, 0);
  if (lows <= usable) {
    const level = waterLevel(vessels, usable);
    if (level >= 0) {
      const targets = pour(book.legs, byLeg(ordered.legs, vessels), level);
      return { poolUsd: pool, level, triage: false, targets };
    }
  }
  return triage(book, ordered.legs, pool, settings);
}

/** Sums in floating point depend on their order; targets must not depend on the caller's. */
function inFixedOrder(legs: readonly Leg[]): Leg[] {
  return [...legs].sort(
    (a, b) => compare(a.symbol, b.symbol) || compare(a.positionId, b.positionId),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function byLeg(legs: readonly Leg[], vessels: readonly Vessel[]): Map<Leg, Vessel> {
  const found = new Map<Leg, Vessel>();
  for (let i = 0; i < legs.length; i += 1) {
    const leg = legs[i];
    const vessel = vessels[i];
    if (leg && vessel) found.set(leg, vessel);
  }
  return found;
}

function vesselOf(leg: Leg, mode: Mode, minUsd: number): Vessel {
  const low = Math.max(0, minUsd);
  const high = Math.max(low, leg.maxUsd);
  const base = mode === 'risk_weight' ? 0 : closingEquityUsd(leg) - unrealizedPnlUsd(leg);
  return { base, slope: weightedNotionalUsd(leg), low, high };
}

/** A position without a vessel keeps what it has. */
function pour(
  legs: readonly Leg[],
  vessels: ReadonlyMap<Leg, Vessel>,
  level: number,
): readonly Target[] {
  return legs.map((leg) => {
    const { symbol, positionId } = leg;
    const vessel = vessels.get(leg);
    if (!vessel) {
      return { symbol, positionId, collateralUsd: leg.collateralUsd, bound: 'kept' as const };
    }
    const collateralUsd = contentAt(vessel, level);
    return { symbol, positionId, collateralUsd, bound: boundOf(vessel, level) };
  });
}

function boundOf(vessel: Vessel, level: number): Bound {
  const wanted = vessel.base + vessel.slope * level;
  if (wanted < vessel.low) return 'min';
  return wanted > vessel.high ? 'max' : 'none';
}

function triage(
  book: Book,
  ordered: readonly Leg[],
  pool: number,
  settings: BalancerSettings,
): Allocation {
  const { mode } = settings.allocation;
  const freeUsd = freeAboveReserveUsd(book, settings);
  const kept = mode === 'risk_weight' ? new Set<Leg>() : beyondHelp(ordered, freeUsd);
  const sharing = ordered.filter((leg) => !kept.has(leg));
  const vessels = sharing.map((leg) =>
    vesselOf(leg, mode, Math.min(leg.minUsd, leg.collateralUsd)),
  );
  const lows = vessels.reduce((sum, vessel) => sum + vessel.low, 0);
  const usable = sharing.reduce((sum, leg) => sum + leg.collateralUsd, freeUsd);
  const amount = Math.max(lows, usable * (1 - ROUNDING_SHARE));
  const level = vessels.length === 0 ? 0 : waterLevel(vessels, amount);
  const targets = pour(book.legs, byLeg(sharing, vessels), level);
  return { poolUsd: pool, level, triage: true, targets };
}

/** Positions past their liquidation price that free balance cannot bring back. */
function beyondHelp(legs: readonly Leg[], freeUsd: number): Set<Leg> {
  const past = legs.filter((leg) => roomUsd(leg) < 0);
  past.sort((a, b) => b.priority - a.priority || roomUsd(b) - roomUsd(a));
  let left = freeUsd;
  const beyond = new Set<Leg>();
  for (const leg of past) {
    const missing = -roomUsd(leg);
    if (missing <= left) left -= missing;
    else beyond.add(leg);
  }
  return beyond;
}
