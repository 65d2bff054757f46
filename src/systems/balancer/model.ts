/**
 * The balancer's view of an account. Ratios are weighed in binary floating point; the exact amounts
 * ride along as decimals, and only those reach an action.
 */
import type { Decimal } from '../../core/decimal.ts';
import type { PerpSymbol } from '../../core/symbol.ts';

export type WeightSource = 'configured' | 'measured' | 'stale' | 'default';

/** One position with its mark price. USD amounts; rates as fractions. */
export interface Leg {
  readonly symbol: PerpSymbol;
  readonly positionId: string;
  /** +1 long, −1 short. */
  readonly direction: 1 | -1;
  readonly quantity: number;
  readonly quantityExact: Decimal;
  readonly entryPrice: number;
  readonly markPrice: number;
  readonly collateralUsd: number;
  readonly collateralExact: Decimal;
  /** The least and most collateral the venue accepts; `maxUsd` is Infinity where unknown. */
  readonly minUsd: number;
  readonly maxUsd: number;
  readonly maintenanceRate: number;
  /** The venue's own liquidation price for the present collateral, null where it gives none. */
  readonly liquidationPrice: number | null;
  readonly weight: number;
  readonly weightSource: WeightSource;
  readonly priority: number;
  /** The smallest order the venue takes, base units. */
  readonly minQuantity: number;
}

/** The account at one moment. */
export interface Book {
  readonly legs: readonly Leg[];
  /** Free balance of the derivatives wallet. */
  readonly availableUsd: number;
  readonly availableExact: Decimal;
}

export function notionalUsd(leg: Leg): number {
  return leg.quantity * leg.markPrice;
}

export function unrealizedPnlUsd(leg: Leg): number {
  return leg.direction * leg.quantity * (leg.markPrice - leg.entryPrice);
}

export function equityUsd(leg: Leg): number {
  return leg.collateralUsd + unrealizedPnlUsd(leg);
}

/** On the entry notional: the recorded positions of the venue say so. */
export function maintenanceUsd(leg: Leg): number {
  return leg.maintenanceRate * leg.quantity * leg.entryPrice;
}

/** Equity as a percentage of notional. */
export function marginRatePct(leg: Leg): number {
  return (equityUsd(leg) / notionalUsd(leg)) * 100;
}

/** The venue's own price where it gives one, else where equity falls to maintenance. */
export function liquidationPrice(leg: Leg): number {
  if (leg.liquidationPrice !== null) return leg.liquidationPrice;
  const room = (leg.collateralUsd - maintenanceUsd(leg)) / leg.quantity;
  return leg.entryPrice - leg.direction * room;
}

/** How far the mark is from forced liquidation, as a fraction of the mark; 0 when reached. */
export function distance(leg: Leg): number {
  const room = leg.direction * (leg.markPrice - liquidationPrice(leg));
  return Math.max(0, room / leg.markPrice);
}

/** Distance in units of the position's own risk: what all positions would share evenly. */
export function weightedDistance(leg: Leg): number {
  return distance(leg) / leg.weight;
}
