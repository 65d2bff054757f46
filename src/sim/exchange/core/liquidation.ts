/**
 * Forced closing. The account loses the whole collateral: what is left of it after result and fee
 * goes to the insurance, and what it does not cover comes from there.
 */
import { entryNotionalUsd } from './margin.ts';
import { closeShare, positionChanged, removePosition } from './positions.ts';
import type { SimLiquidation, SimPosition } from './records.ts';
import { ceilUnits, move, roundQuantity, toUnits, usdOf } from './units.ts';
import { markOf, remember, takeId, type World, wireNow } from './world.ts';

/** Share of a position that one termination takes. */
const TERMINATED_SHARE = 0.5;

/** Liquidates every position whose equity is at or below its maintenance. */
export function liquidateDue(world: World): void {
  for (const position of world.positions.values()) {
    const mark = markOf(world, position.index);
    const isDue =
      position.amount > 0 ? mark <= position.liquidationPrice : mark >= position.liquidationPrice;
    if (isDue) liquidate(world, position, mark);
  }
}

function liquidate(world: World, position: SimPosition, mark: number): void {
  const { insurance, counterparty, fees } = world.ledger;
  const record = recordOf(world, position, position.amount, 'liquidation');
  move(position.collateral, insurance, position.collateral.units);
  const result = toUnits(position.amount * (mark - position.entryPrice));
  if (result >= 0) move(counterparty, insurance, result);
  else move(insurance, counterparty, -result);
  const fee = ceilUnits(world.rules.takerFeeRate * Math.abs(position.amount) * mark);
  move(insurance, fees, fee);
  forcedOrder(world, position, position.amount, usdOf(fee));
  removePosition(world, position, 'LIQ');
  remember(world.liquidations, record);
  world.emit({ type: 'liquidation', liquidation: record });
  world.emit({ type: 'wallet' });
}

/**
 * Termination (auto-deleveraging): half of the position with the highest percentage gain is closed
 * at the mark. Does nothing when no position is in profit.
 */
export function terminateBest(world: World): boolean {
  let best: SimPosition | undefined;
  let bestGain = 0;
  for (const position of world.positions.values()) {
    const pnl = position.amount * (markOf(world, position.index) - position.entryPrice);
    const gain = pnl / entryNotionalUsd(position);
    if (gain > bestGain) {
      best = position;
      bestGain = gain;
    }
  }
  if (!best) return false;
  const quantity = roundQuantity(Math.abs(best.amount) * TERMINATED_SHARE);
  const closed = Math.sign(best.amount) * quantity;
  const record = recordOf(world, best, closed, 'termination');
  closeShare(world, best, quantity, markOf(world, best.index));
  forcedOrder(world, best, closed, 0);
  const rest = roundQuantity(best.amount - closed);
  if (rest === 0) {
    // The smallest unit has no half.
    removePosition(world, best, 'ADL');
  } else {
    best.amount = rest;
    positionChanged(world, best, 'update', 'ADL');
  }
  remember(world.liquidations, record);
  world.emit({ type: 'liquidation', liquidation: record });
  world.emit({ type: 'wallet' });
  return true;
}

function recordOf(
  world: World,
  position: SimPosition,
  amount: number,
  kind: SimLiquidation['kind'],
): SimLiquidation {
  return {
    at: wireNow(world),
    positionId: position.id,
    symbol: position.contract.symbol,
    amount,
    entryPrice: position.entryPrice,
    markPrice: markOf(world, position.index),
    collateralUsd: usdOf(position.collateral.units),
    kind,
  };
}

/** The order and the trade that the venue's history shows for it. */
function forcedOrder(world: World, position: SimPosition, closed: number, feeUsd: number): void {
  const at = wireNow(world);
  const price = markOf(world, position.index);
  const common = { index: position.index, cid: at };
  const order = {
    ...common,
    id: takeId(world),
    gid: null,
    type: 'MARKET' as const,
    createdAt: at,
    updatedAt: at,
    amount: 0,
    originalAmount: -closed,
    price: null,
    averagePrice: price,
    flags: 0,
    leverage: 1,
    status: `FORCED EXECUTED @ ${price}(${-closed})`,
    routing: 'BFX',
  };
  remember(world.orders, order);
  remember(world.trades, {
    ...common,
    id: takeId(world),
    orderId: order.id,
    at,
    amount: -closed,
    price,
    orderType: order.type,
    orderPrice: price,
    isMaker: false,
    feeUsd,
  });
}
