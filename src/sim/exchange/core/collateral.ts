/** Assigning collateral, and the limits the venue sets for it. */
import { collateralFloorUsd } from './margin.ts';
import { positionChanged } from './positions.ts';
import type { SimPosition } from './records.ts';
import { ceilUnits, move, type Units } from './units.ts';
import { markOf, type World } from './world.ts';

export interface CollateralBounds {
  readonly min: Units;
  readonly max: Units;
}

export function collateralBounds(world: World, position: SimPosition): CollateralBounds {
  const floor = collateralFloorUsd(
    position,
    position.contract,
    markOf(world, position.index),
    world.rules.profitLowersMin,
  );
  const max = position.collateral.units + Math.max(0, world.ledger.free.units);
  return { min: ceilUnits(floor), max };
}

export type SetResult = 'done' | 'no_position' | 'market_risk' | 'not_enough_balance';

/**
 * Sets the collateral to an absolute amount. Raising it is allowed up to the free balance even when
 * the result is still below the minimum; lowering it below the minimum is not.
 */
export function setCollateral(world: World, index: number, target: Units): SetResult {
  const position = world.positions.get(index);
  if (!position) return 'no_position';
  const { min, max } = collateralBounds(world, position);
  const change = target - position.collateral.units;
  if (change > 0 && target > max) return 'not_enough_balance';
  if (change < 0 && target < min) return 'market_risk';
  move(world.ledger.free, position.collateral, change);
  positionChanged(world, position, 'update', 'COLLATERAL');
  world.emit({ type: 'wallet' });
  return 'done';
}
