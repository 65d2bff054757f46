import type { Decimal } from '../core/decimal.ts';
import type { Position } from '../core/position.ts';

/** The position with other collateral; the venue's liquidation price moves along with it. */
export function withCollateralUsd(position: Position, collateralUsd: Decimal): Position {
  const { liquidationPrice, quantity, side } = position;
  const rise = collateralUsd.minus(position.collateralUsd);
  const shift = rise.div(quantity).times(side === 'long' ? -1 : 1);
  return { ...position, collateralUsd, liquidationPrice: liquidationPrice?.plus(shift) ?? null };
}
