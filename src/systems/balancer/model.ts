/**
 * The balancer's view of an account. Ratios are weighed in binary floating point; the exact amounts
 * ride along as decimals, and only those reach an action.
 */
import type { Decimal } from '../../core/decimal.ts';
import { assert } from '../../core/errors.ts';
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
  /** What the leg is weighed by while it falls fast, in place of `weight`; at least that. */
  readonly urgentWeight?: number;
  /** What the leg has lost within a minute, percent, while that asks for more margin than usual. */
  readonly fallPct?: number;
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

/** A venue's liquidation price that implies a requirement outside these multiples of maintenance
 *  is stale or absurd (zero for a long with little leverage, say) and is not believed. */
const BELIEVABLE_MIN = 0.5;
const BELIEVABLE_MAX = 4;

/**
 * The equity at which the venue closes the position, in USD: what its own liquidation price implies
 * (fees it counts in are then in it), else the maintenance margin. It changes neither with the mark
 * nor with the collateral, so both may move without asking the venue again.
 */
export function closingEquityUsd(leg: Leg): number {
  const maintenance = maintenanceUsd(leg);
  if (leg.liquidationPrice === null) return maintenance;
  const move = leg.direction * (leg.liquidationPrice - leg.entryPrice);
  const implied = leg.collateralUsd + leg.quantity * move;
  const isBelievable =
    implied >= maintenance * BELIEVABLE_MIN && implied <= maintenance * BELIEVABLE_MAX;
  return isBelievable ? implied : maintenance;
}

/** The venue's own price where it gives one, else where equity falls to maintenance. */
export function liquidationPrice(leg: Leg): number {
  const room = (leg.collateralUsd - closingEquityUsd(leg)) / leg.quantity;
  return leg.entryPrice - leg.direction * room;
}

/** What the position can lose before the venue closes it, in USD; negative when past it. */
export function roomUsd(leg: Leg): number {
  return equityUsd(leg) - closingEquityUsd(leg);
}

/** How far the mark is from forced liquidation, as a fraction of the mark; 0 when reached. */
export function distance(leg: Leg): number {
  return Math.max(0, roomUsd(leg) / notionalUsd(leg));
}

/** The weight that counts now. */
export function riskWeight(leg: Leg): number {
  return leg.urgentWeight ?? leg.weight;
}

/** Distance in units of the position's own risk: what all positions would share evenly. */
export function weightedDistance(leg: Leg): number {
  return distance(leg) / riskWeight(leg);
}

/** Notional times weight: the position's part in sharing the pool. */
export function weightedNotionalUsd(leg: Leg): number {
  return notionalUsd(leg) * riskWeight(leg);
}

/** The collateral that puts the position at a weighted distance, in USD; may be negative. */
export function collateralAtUsd(leg: Leg, weightedDistanceWanted: number): number {
  const room = weightedDistanceWanted * weightedNotionalUsd(leg);
  return closingEquityUsd(leg) - unrealizedPnlUsd(leg) + room;
}

/** The collateral that gives the position a margin rate (in percent), in USD; may be negative. */
export function collateralAtRateUsd(leg: Leg, ratePct: number): number {
  return (ratePct / 100) * notionalUsd(leg) - unrealizedPnlUsd(leg);
}

/** The same position with other collateral; the venue's liquidation price moves along. */
export function withCollateral(leg: Leg, collateralExact: Decimal): Leg {
  const collateralUsd = collateralExact.toNumber();
  const shift = (leg.direction * (collateralUsd - leg.collateralUsd)) / leg.quantity;
  const price = leg.liquidationPrice === null ? null : leg.liquidationPrice - shift;
  return { ...leg, collateralUsd, collateralExact, liquidationPrice: price };
}

/** The same position at another mark price. */
export function withMark(leg: Leg, markPrice: number): Leg {
  return { ...leg, markPrice };
}

/**
 * Stops on numbers that no venue can mean, before they turn a comparison into a silent "no".
 * @throws InvariantError naming the symbol.
 */
export function assertLeg(leg: Leg): void {
  const { symbol } = leg;
  assertAbove(leg.markPrice, 0, symbol, 'mark price');
  assertAbove(leg.entryPrice, 0, symbol, 'entry price');
  assertAbove(leg.quantity, 0, symbol, 'quantity');
  assertAbove(riskWeight(leg), 0, symbol, 'weight');
  const isSound =
    Number.isFinite(leg.collateralUsd) &&
    Number.isFinite(leg.minUsd) &&
    !Number.isNaN(leg.maxUsd) &&
    leg.maintenanceRate >= 0 &&
    leg.maintenanceRate < 1 &&
    (leg.liquidationPrice === null || Number.isFinite(leg.liquidationPrice));
  assert(isSound, `finite collateral, bounds and rates of ${symbol}`);
}

function assertAbove(value: number, floor: number, symbol: string, what: string): void {
  const isSound = Number.isFinite(value) && value > floor;
  if (!isSound) assert(false, `a finite ${what} above ${floor} of ${symbol}, was ${value}`);
}

/** @throws InvariantError when any leg, or the free balance, is not a sound number. */
export function assertBook(book: Book): void {
  assert(Number.isFinite(book.availableUsd), `a finite balance, was ${book.availableUsd}`);
  for (const leg of book.legs) assertLeg(leg);
}
