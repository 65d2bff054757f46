/**
 * The margin model: linear contracts, maintenance on the entry notional. A model, fitted to
 * recorded rows of the venue; C is collateral in USD, A the signed amount, E the entry and M the
 * mark price.
 */
import type { Contract } from '../../market/index.ts';

export interface Exposure {
  /** Base units, positive for a long. */
  readonly amount: number;
  readonly entryPrice: number;
}

export function unrealizedPnlUsd({ amount, entryPrice }: Exposure, mark: number): number {
  return amount * (mark - entryPrice);
}

export function entryNotionalUsd({ amount, entryPrice }: Exposure): number {
  return Math.abs(amount) * entryPrice;
}

/** COLLATERAL_MIN of the position row. */
export function initialMarginUsd(exposure: Exposure, contract: Contract): number {
  return contract.initialRate * entryNotionalUsd(exposure);
}

export function maintenanceUsd(exposure: Exposure, contract: Contract): number {
  return contract.maintenanceRate * entryNotionalUsd(exposure);
}

/**
 * Where C + A(M − E) = maintenance rate × |A| × E. Zero or below means that no price liquidates a
 * long.
 */
export function liquidationPrice(
  exposure: Exposure,
  collateralUsd: number,
  contract: Contract,
): number {
  const { amount, entryPrice } = exposure;
  const room = collateralUsd / Math.abs(amount) - contract.maintenanceRate * entryPrice;
  return amount > 0 ? entryPrice - room : entryPrice + room;
}

/**
 * The least collateral that may be assigned. Not documented: by default an unrealised loss raises
 * the initial margin and a profit does not lower it; with `profitLowersMin` it does.
 */
export function collateralFloorUsd(
  exposure: Exposure,
  contract: Contract,
  mark: number,
  profitLowersMin: boolean,
): number {
  const pnl = unrealizedPnlUsd(exposure, mark);
  const initial = initialMarginUsd(exposure, contract);
  return profitLowersMin ? Math.max(0, initial - pnl) : initial + Math.max(0, -pnl);
}
