/** The numbers behind one target, for whoever asks why. */
import type { PerpSymbol } from '../../core/symbol.ts';
import { allocation, type Bound, freeAboveReserveUsd } from './allocate.ts';
import {
  type Book,
  closingEquityUsd,
  distance,
  notionalUsd,
  riskWeight,
  unrealizedPnlUsd,
  type WeightSource,
  weightedNotionalUsd,
} from './model.ts';
import type { BalancerSettings } from './settings.ts';

/** USD; distances as fractions. */
export interface Explanation {
  readonly symbol: PerpSymbol;
  readonly mode: BalancerSettings['allocation']['mode'];
  /** Free balance above the reserve plus all collateral. */
  readonly poolUsd: number;
  readonly freeUsd: number;
  /** See `Allocation.level`. */
  readonly level: number;
  readonly triage: boolean;
  readonly notionalUsd: number;
  readonly weight: number;
  readonly weightSource: WeightSource;
  /** The position's part of Σ notional × weight, as a fraction. */
  readonly share: number;
  readonly unrealizedPnlUsd: number;
  readonly closingEquityUsd: number;
  readonly collateralUsd: number;
  readonly targetUsd: number;
  /** What the formula alone would give at this level; differs from the target when bounded. */
  readonly unboundedUsd: number;
  readonly bound: Bound;
  readonly minUsd: number;
  readonly maxUsd: number;
  readonly distance: number;
  /** Distance once the collateral is at the target. */
  readonly distanceAtTarget: number;
}

/** Null when the book has no such position. @throws InvariantError as `allocate` does. */
export function explainTarget(
  book: Book,
  symbol: PerpSymbol,
  settings: BalancerSettings,
): Explanation | null {
  const { poolUsd, level, triage, targets } = allocation(book, settings);
  const index = book.legs.findIndex((candidate) => candidate.symbol === symbol);
  const leg = book.legs[index];
  const target = targets[index];
  if (!leg || !target) return null;
  const { mode } = settings.allocation;
  const total = book.legs.reduce((sum, other) => sum + weightedNotionalUsd(other), 0);
  const pnl = unrealizedPnlUsd(leg);
  const closing = closingEquityUsd(leg);
  const base = mode === 'risk_weight' ? 0 : closing - pnl;
  const room = target.collateralUsd + pnl - closing;
  return {
    symbol,
    mode,
    poolUsd,
    freeUsd: freeAboveReserveUsd(book, settings),
    level,
    triage,
    notionalUsd: notionalUsd(leg),
    weight: riskWeight(leg),
    weightSource: leg.weightSource,
    share: weightedNotionalUsd(leg) / total,
    unrealizedPnlUsd: pnl,
    closingEquityUsd: closing,
    collateralUsd: leg.collateralUsd,
    targetUsd: target.collateralUsd,
    unboundedUsd: base + level * weightedNotionalUsd(leg),
    bound: target.bound,
    minUsd: leg.minUsd,
    maxUsd: leg.maxUsd,
    distance: distance(leg),
    distanceAtTarget: Math.max(0, room / notionalUsd(leg)),
  };
}
