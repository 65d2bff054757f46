/** `POST v2/auth/r/orders/{symbol}` by client id: open orders only, and only of one UTC day. */
import type { PerpSymbol } from '../../../core/symbol.ts';
import type { SignedRead } from '../call.ts';
import { type Order, readOrderRows } from '../rows/order.ts';

/** `cidDate` is the UTC day (`2026-11-21`) the order was created on. */
export function activeOrdersCall(
  symbol: PerpSymbol,
  cid: number,
  cidDate: string,
): SignedRead<Order[]> {
  return {
    name: 'active orders',
    path: `v2/auth/r/orders/${symbol}`,
    bucket: 'orders_active',
    lane: 'urgent_read',
    isProof: true,
    body: { cid, cid_date: cidDate },
    read: readOrderRows,
  };
}
