/** Submitting and cancelling orders. */
import { z } from 'zod';
import { utcDay } from '../../../core/time.ts';
import {
  cancelOrder,
  FLAG_CLOSE,
  FLAG_REDUCE_ONLY,
  type OrderRequest,
  type SimOrder,
  submitOrder,
  type World,
  wireNow,
} from '../core/index.ts';
import { notificationRow, orderRow } from '../rows/account-rows.ts';
import { type Call, contractAt, indexOf, readBody, symbolAt } from './call.ts';
import { ERR_GENERIC, ERR_PARAMS, Refusal } from './refusal.ts';

/** The largest cid: 45 bits. */
const CID_MAX = 35_184_372_088_831;
/** What an order without `lev` gets. */
const LEVERAGE_DEFAULT = 10;
const PARTIAL_SHARE = 0.5;

const numeric = z
  .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)])
  .transform(Number)
  .pipe(z.number().min(-1e12).max(1e12));
const int45 = z.number().int().min(0).max(CID_MAX);

const submitSchema = z.object({
  type: z.enum(['MARKET', 'LIMIT']),
  symbol: z.string(),
  amount: numeric,
  price: numeric.optional(),
  lev: z.number().int().min(1).max(100).default(LEVERAGE_DEFAULT),
  cid: int45.optional(),
  gid: int45.optional(),
  flags: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31)
    .default(0),
  tif: z.unknown().optional(),
  meta: z.unknown().optional(),
});

/**
 * Answers with an `on-req` notification: SUCCESS means accepted; the order in it is still ACTIVE.
 */
export function orderSubmit(call: Call): unknown {
  const { world, faults, path } = call;
  const request = requestOf(world, readBody(submitSchema, call));
  if (faults.strike('order_refused', path)) return refusedByNotification(world, request);
  const share = faults.strike('partial_fill', path) ? PARTIAL_SHARE : 1;
  const at = wireNow(world);
  const order = submitOrder(world, request, share);
  const accepted = { ...order, amount: order.originalAmount, averagePrice: 0, status: 'ACTIVE' };
  const data = [orderRow(accepted, symbolAt(world, order.index))];
  const text = 'Submitting 1 orders.';
  return notificationRow({ type: 'on-req', at, data, status: 'SUCCESS', text });
}

function requestOf(world: World, body: z.infer<typeof submitSchema>): OrderRequest {
  const index = indexOf(world, body.symbol);
  const contract = contractAt(world, index);
  const { amount, price, flags, lev } = body;
  const quantity = Math.abs(amount);
  const held = Math.abs(world.positions.get(index)?.amount ?? 0);
  const reduces = (flags & (FLAG_REDUCE_ONLY | FLAG_CLOSE)) !== 0;
  if (quantity === 0 || quantity > contract.maxQuantity) {
    throw new Refusal(ERR_GENERIC, 'amount: invalid');
  }
  if (quantity < contract.minQuantity && quantity !== held) {
    const least = `minimum size for ${contract.base}F0:USTF0 is ${contract.minQuantity}`;
    throw new Refusal(ERR_GENERIC, `Invalid order: ${least}`);
  }
  if (body.type === 'LIMIT' && !(price !== undefined && price > 0)) {
    throw new Refusal(ERR_GENERIC, 'price: invalid');
  }
  if (!reduces && lev * contract.initialRate > 1) {
    const most = Math.floor(1 / contract.initialRate);
    throw new Refusal(ERR_GENERIC, `Invalid order: maximum leverage is ${most}`);
  }
  return {
    index,
    type: body.type,
    amount,
    price: body.type === 'LIMIT' ? (price ?? null) : null,
    flags,
    leverage: lev,
    ...(body.cid === undefined ? {} : { cid: body.cid }),
    ...(body.gid === undefined ? {} : { gid: body.gid }),
  };
}

function refusedByNotification(world: World, request: OrderRequest): unknown {
  const symbol = symbolAt(world, request.index);
  return notificationRow({
    type: 'on-req',
    at: wireNow(world),
    data: null,
    status: 'ERROR',
    text: `Invalid order: not enough tradable balance for ${request.amount} ${symbol}`,
  });
}

const cancelSchema = z.object({
  id: z.number().int().optional(),
  cid: int45.optional(),
  cid_date: z.string().optional(),
});

export function orderCancel(call: Call): unknown {
  const { id, cid, cid_date } = readBody(cancelSchema, call);
  const { world } = call;
  if (id === undefined && (cid === undefined || cid_date === undefined)) {
    throw new Refusal(ERR_PARAMS, 'id: invalid');
  }
  const wanted = (order: SimOrder): boolean =>
    id === undefined ? order.cid === cid && utcDay(order.createdAt) === cid_date : order.id === id;
  const found = [...world.activeOrders.values()].find(wanted);
  const order = found && cancelOrder(world, found.id);
  if (!order) throw new Refusal(ERR_GENERIC, 'Order not found.');
  const data = orderRow(order, symbolAt(world, order.index));
  const text = 'Submitted for cancellation; waiting for confirmation.';
  return notificationRow({
    type: 'oc-req',
    at: wireNow(world),
    data,
    status: 'SUCCESS',
    text,
  });
}
