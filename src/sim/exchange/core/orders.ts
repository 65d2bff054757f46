/** Orders: checks on acceptance, reduce-only rules, fills with slippage and fee, cancellation. */
import { closeShare, openPosition, pay, positionChanged, removePosition } from './positions.ts';
import type { SimOrder, SimPosition } from './records.ts';
import { ceilUnits, move, roundQuantity, usdOf } from './units.ts';
import { markOf, remember, takeId, type World, wireNow } from './world.ts';

export const FLAG_CLOSE = 512;
export const FLAG_REDUCE_ONLY = 1_024;
export const FLAG_POST_ONLY = 4_096;

export interface OrderRequest {
  readonly index: number;
  readonly type: SimOrder['type'];
  /** Base units, positive buys. */
  readonly amount: number;
  /** For LIMIT. */
  readonly price: number | null;
  readonly flags: number;
  readonly leverage: number;
  readonly cid?: number;
  readonly gid?: number;
}

/** At most this much worse than the mark, however large the order. */
const SLIPPAGE_MAX = 0.05;
const PRICE_DIGITS = 5;

const has = (order: SimOrder, flag: number): boolean => (order.flags & flag) !== 0;

/** Accepts an order; the outcome is in its `status` and, once ended, in `world.orders`. */
export function submitOrder(world: World, request: OrderRequest, fillShare = 1): SimOrder {
  const at = wireNow(world);
  const order: SimOrder = {
    id: takeId(world),
    cid: request.cid ?? at,
    gid: request.gid ?? null,
    index: request.index,
    type: request.type,
    createdAt: at,
    updatedAt: at,
    amount: roundQuantity(request.amount),
    originalAmount: roundQuantity(request.amount),
    price: request.price,
    averagePrice: 0,
    flags: request.flags,
    leverage: request.leverage,
    status: 'ACTIVE',
    routing: 'API>BFX',
  };
  world.emit({ type: 'order', change: 'new', order: { ...order } });
  const market = fillPrice(world, order);
  const isMarketable =
    order.price === null || (order.amount > 0 ? order.price >= market : order.price <= market);
  if (order.type === 'LIMIT' && !isMarketable) {
    world.activeOrders.set(order.id, order);
    return order;
  }
  if (order.type === 'LIMIT' && has(order, FLAG_POST_ONLY)) {
    return end(world, order, 'POSTONLY CANCELED');
  }
  return executeOrder(world, order, market, false, fillShare);
}

/** @returns the cancelled order, or undefined when none with this id is active */
export function cancelOrder(world: World, id: number): SimOrder | undefined {
  const order = world.activeOrders.get(id);
  return order && end(world, order, 'CANCELED');
}

/** Fills or refuses the whole order at a price. `fillShare` below 1 leaves the rest cancelled. */
export function executeOrder(
  world: World,
  order: SimOrder,
  price: number,
  isMaker: boolean,
  fillShare = 1,
): SimOrder {
  const position = world.positions.get(order.index);
  const refusal = refusalOf(world, order, position, price);
  if (refusal) return end(world, order, refusal);
  const amount = roundQuantity(order.amount * fillShare);
  const fee = ceilUnits(world.rules.takerFeeRate * Math.abs(amount) * price);
  const change = applyFill(world, position, { order, amount, price, fee });
  order.amount = roundQuantity(order.amount - amount);
  order.averagePrice = price;
  order.updatedAt = wireNow(world);
  remember(world.trades, {
    id: takeId(world),
    orderId: order.id,
    cid: order.cid,
    index: order.index,
    at: order.updatedAt,
    amount,
    price,
    orderType: order.type,
    orderPrice: order.price ?? price,
    isMaker,
    feeUsd: usdOf(fee),
  });
  const trade = world.trades.at(-1);
  world.emit({ type: 'wallet' });
  if (trade) world.emit({ type: 'trade', trade });
  end(world, order, finalStatus(order, amount, price));
  change();
  world.emit({ type: 'wallet' });
  return order;
}

function finalStatus(order: SimOrder, amount: number, price: number): string {
  if (order.amount !== 0) {
    return `RSN_BOOK_SLIP was: PARTIALLY FILLED @ ${price}(${amount})`;
  }
  const note = has(order, FLAG_CLOSE) ? ' was ACTIVE (note:POSCLOSE)' : '';
  return `EXECUTED @ ${price}(${amount})${note}`;
}

function refusalOf(
  world: World,
  order: SimOrder,
  position: SimPosition | undefined,
  price: number,
): string | undefined {
  const isOpposite = position !== undefined && position.amount * order.amount < 0;
  const held = Math.abs(position?.amount ?? 0);
  const quantity = Math.abs(order.amount);
  if (has(order, FLAG_REDUCE_ONLY) || has(order, FLAG_CLOSE)) {
    if (!position) return 'RSN_POS_NOTFOUND';
    if (!isOpposite) return 'RSN_POS_REDUCE_INCR';
    if (quantity > held) return 'RSN_POS_REDUCE_FLIP';
    if (has(order, FLAG_CLOSE) && quantity < held) return 'RSN_POS_REDUCE_INCR';
    return undefined;
  }
  const opening = isOpposite ? Math.max(0, quantity - held) : quantity;
  const neededUsd = opening * price * (1 / order.leverage + world.rules.takerFeeRate);
  const isPaid = ceilUnits(neededUsd) <= world.ledger.free.units;
  return opening === 0 || isPaid ? undefined : 'INSUFFICIENT BALANCE (U1)';
}

interface Fill {
  readonly order: SimOrder;
  readonly amount: number;
  readonly price: number;
  readonly fee: number;
}

/** Moves the money; returns what announces the position's change once the order has ended. */
function applyFill(world: World, position: SimPosition | undefined, fill: Fill): () => void {
  const { fees } = world.ledger;
  const { amount, price, order } = fill;
  let left = amount;
  let announce = (): void => undefined;
  if (position && position.amount * amount < 0) {
    const quantity = Math.min(Math.abs(amount), Math.abs(position.amount));
    closeShare(world, position, quantity, price);
    left = roundQuantity(left + Math.sign(position.amount) * quantity);
    announce = reduced(world, position, quantity);
  }
  pay(world, fees, fill.fee, world.positions.get(order.index));
  if (left === 0) return announce;
  return grown(world, order, left, price, announce);
}

function reduced(world: World, position: SimPosition, quantity: number): () => void {
  const rest = roundQuantity(position.amount - Math.sign(position.amount) * quantity);
  if (rest === 0) {
    world.positions.delete(position.index);
    return () => removePosition(world, position, 'TRADE');
  }
  position.amount = rest;
  return () => positionChanged(world, position, 'update', 'TRADE');
}

function grown(
  world: World,
  order: SimOrder,
  amount: number,
  price: number,
  before: () => void,
): () => void {
  const collateral = Math.min(
    ceilUnits((Math.abs(amount) * price) / order.leverage),
    Math.max(0, world.ledger.free.units),
  );
  const held = world.positions.get(order.index);
  const position = held ?? openPosition(world, order.index, amount, price);
  if (held) {
    const total = roundQuantity(held.amount + amount);
    held.entryPrice = (held.entryPrice * held.amount + price * amount) / total;
    held.amount = total;
  }
  move(world.ledger.free, position.collateral, collateral);
  return () => {
    before();
    positionChanged(world, position, held ? 'update' : 'new', 'TRADE');
  };
}

function end(world: World, order: SimOrder, status: string): SimOrder {
  world.activeOrders.delete(order.id);
  order.status = status;
  order.updatedAt = wireNow(world);
  remember(world.orders, order);
  world.emit({ type: 'order', change: 'close', order });
  return order;
}

/** What a market order of this size gets: worse than the mark by spread and impact. */
function fillPrice(world: World, order: SimOrder): number {
  const mark = markOf(world, order.index);
  const depthUsd = world.market.contracts[order.index]?.depthUsd ?? 1;
  const { spreadRate, impactRate } = world.rules;
  const impact = impactRate * ((Math.abs(order.amount) * mark) / depthUsd);
  const slippage = Math.min(SLIPPAGE_MAX, spreadRate + impact);
  const price = mark * (1 + Math.sign(order.amount) * slippage);
  return Number(price.toPrecision(PRICE_DIGITS));
}
