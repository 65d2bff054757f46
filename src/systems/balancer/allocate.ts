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
  const { legs } = book;
  const order = fixedOrder(legs);
  const pool = poolUsd({ ...book, legs: pick(legs, order) }, settings);
  if (legs.length === 0) return { poolUsd: pool, level: 0, triage: false, targets: [] };
  const usable = pool * (1 - ROUNDING_SHARE);
  const vessels = legs.map((leg) => vesselOf(leg, mode, leg.minUsd));
  const ordered = pick(vessels, order);
  const lows = ordered.reduce((sum, vessel) => sum + vessel.low, 0);
  if (lows <= usable) {
    const level = waterLevel(ordered, usable);
    if (level >= 0) {
      return { poolUsd: pool, level, triage: false, targets: pour(legs, vessels, level) };
    }
  }
  return triage(book, order, pool, settings);
}

/**
 * Indices by symbol. Sums in floating point depend on their order; targets must not depend on the
 * caller's.
 */
function fixedOrder(legs: readonly Leg[]): readonly number[] {
  return [...legs.keys()].sort((i, j) => {
    const a = legs[i];
    const b = legs[j];
    if (!a || !b) return 0;
    return compare(a.symbol, b.symbol) || compare(a.positionId, b.positionId);
  });
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** What is there at the indices, without the gaps. */
function pick<T>(items: readonly (T | null)[], indices: readonly number[]): T[] {
  return indices.flatMap((i) => items[i] ?? []);
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
  vessels: readonly (Vessel | null)[],
  level: number,
): readonly Target[] {
  return legs.map((leg, i) => {
    const { symbol, positionId } = leg;
    const vessel = vessels[i];
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
  order: readonly number[],
  pool: number,
  settings: BalancerSettings,
): Allocation {
  const { legs } = book;
  const { mode } = settings.allocation;
  const freeUsd = freeAboveReserveUsd(book, settings);
  const kept = mode === 'risk_weight' ? new Set<Leg>() : beyondHelp(pick(legs, order), freeUsd);
  const vessels = legs.map((leg) =>
    kept.has(leg) ? null : vesselOf(leg, mode, Math.min(leg.minUsd, leg.collateralUsd)),
  );
  const sharing = pick(vessels, order);
  const lows = sharing.reduce((sum, vessel) => sum + vessel.low, 0);
  const usable = pick(legs, order).reduce(
    (sum, leg) => (kept.has(leg) ? sum : sum + leg.collateralUsd),
    freeUsd,
  );
  const amount = Math.max(lows, usable * (1 - ROUNDING_SHARE));
  const level = sharing.length === 0 ? 0 : waterLevel(sharing, amount);
  return { poolUsd: pool, level, triage: true, targets: pour(legs, vessels, level) };
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
