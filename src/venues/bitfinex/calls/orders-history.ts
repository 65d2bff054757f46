/** `POST v2/auth/r/orders/{symbol}/hist`: ended orders of two weeks, without a filter by cid. */
import type { PerpSymbol } from '../../../core/symbol.ts';
import type { SignedRead } from '../call.ts';
import { type Order, readOrderRows } from '../rows/order.ts';

const ROWS_MAX = 2_500;

/** Orders created between two moments, in ms. */
export function orderHistoryCall(
  symbol: PerpSymbol,
  start: number,
  end: number,
): SignedRead<Order[]> {
  return {
    name: 'order history',
    path: `v2/auth/r/orders/${symbol}/hist`,
    bucket: 'orders_history',
    lane: 'urgent_read',
    isProof: true,
    body: { start, end, limit: ROWS_MAX },
    read: readOrderRows,
  };
}
