/** Opening, settling and ending positions: every change of a position goes through here. */
import { assert } from '../../../core/errors.ts';
import { liquidationPrice, unrealizedPnlUsd } from './margin.ts';
import type { ChangeReason, SimPosition } from './records.ts';
import { floorUnits, move, type Purse, toUnits, type Units, usdOf } from './units.ts';
import { remember, takeId, type World, wireNow } from './world.ts';

/** An empty position; the caller pays its collateral in and calls `positionChanged`. */
export function openPosition(world: World, index: number, amount: number, price: number) {
  const contract = world.market.contracts[index];
  assert(contract !== undefined && amount !== 0, 'a known contract and an amount');
  const at = wireNow(world);
  const position: SimPosition = {
    id: takeId(world),
    contract,
    index,
    amount,
    entryPrice: price,
    collateral: { units: 0 },
    liquidationPrice: 0,
    createdAt: at,
    updatedAt: at,
  };
  world.positions.set(index, position);
  return position;
}

/** Recomputes what depends on amount, entry and collateral, and tells the world. */
export function positionChanged(
  world: World,
  position: SimPosition,
  change: 'new' | 'update',
  reason: ChangeReason,
): void {
  position.liquidationPrice = liquidationPrice(
    position,
    usdOf(position.collateral.units),
    position.contract,
  );
  position.updatedAt = wireNow(world);
  world.emit({ type: 'position', change, position, reason });
}

/** Takes a position out; its collateral must have gone somewhere before. */
export function removePosition(world: World, position: SimPosition, reason: ChangeReason): void {
  assert(position.collateral.units === 0, 'no collateral left in a closed position');
  // A flipped position is already followed by its successor under the same contract.
  if (world.positions.get(position.index) === position) world.positions.delete(position.index);
  remember(world.closed, {
    id: position.id,
    index: position.index,
    amount: position.amount,
    entryPrice: position.entryPrice,
    createdAt: position.createdAt,
    closedAt: wireNow(world),
  });
  world.emit({ type: 'position', change: 'close', position, reason });
}

/**
 * Realises a share of the position at `price`: collateral is released pro rata, the result goes to
 * the free balance. The caller charges the fee.
 * @param quantity base units, at most the position's
 */
export function closeShare(
  world: World,
  position: SimPosition,
  quantity: number,
  price: number,
): void {
  const { free, counterparty } = world.ledger;
  const held = Math.abs(position.amount);
  const isAll = quantity >= held;
  const closing = {
    amount: Math.sign(position.amount) * quantity,
    entryPrice: position.entryPrice,
  };
  const released = isAll
    ? position.collateral.units
    : floorUnits((usdOf(position.collateral.units) * quantity) / held);
  move(position.collateral, free, Math.min(released, position.collateral.units));
  const result = toUnits(unrealizedPnlUsd(closing, price));
  if (result >= 0) move(counterparty, free, result);
  else pay(world, counterparty, -result, position);
}

/**
 * Pays from the free balance, then from the collateral of the position concerned, and what neither
 * can cover from the insurance: an account never owes.
 */
export function pay(world: World, to: Purse, units: Units, position?: SimPosition): void {
  const { free, insurance } = world.ledger;
  const fromFree = Math.min(units, Math.max(0, free.units));
  move(free, to, fromFree);
  const fromCollateral = Math.min(units - fromFree, position?.collateral.units ?? 0);
  if (position) move(position.collateral, to, fromCollateral);
  move(insurance, to, units - fromFree - fromCollateral);
}
