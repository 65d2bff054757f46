/**
 * What became of an order of ours, found by its client id: among open orders, then in the history
 * of ended ones (which has no cid filter), then in the account's trades. Filled amounts and prices
 * come from the order's own row; trades speak where the row is missing or names no price.
 */
import type { OrderAction, SentIntent } from '../../core/action.ts';
import { type Decimal, sumOf } from '../../core/decimal.ts';
import { HOUR_MS, MINUTE_MS, utcDay } from '../../core/time.ts';
import type { OrderEvidence } from '../../ports/venue.ts';
import { activeOrdersCall } from './calls/orders-active.ts';
import { orderHistoryCall } from './calls/orders-history.ts';
import { tradesCall } from './calls/trades.ts';
import type { RestClient } from './client.ts';
import type { Order } from './rows/order.ts';
import type { Trade } from './rows/trade.ts';

/** How far the venue's clock and ours may differ. */
const SKEW_MS = 10 * MINUTE_MS;
/** A market order is created within seconds of its intent; this also covers the skew. */
const CREATED_WITHIN_MS = HOUR_MS;

const CANCELLED = /^(POSTONLY )?CANCELED|^RSN_|^INSUFFICIENT|^PARTIALLY FILLED/;
const EXECUTED = /^(FORCED )?EXECUTED/;

/** @throws VenueReadError */
export async function findOrderEvidence(
  client: RestClient,
  intent: SentIntent<OrderAction>,
): Promise<OrderEvidence> {
  const { symbol } = intent.action;
  const isOurs = (row: { cid: number | null; symbol: string }): boolean =>
    row.cid === intent.cid && row.symbol === symbol;
  for (const day of cidDays(intent.createdAt)) {
    const active = await client.readSigned(activeOrdersCall(symbol, intent.cid, day));
    if (active.some(isOurs)) return { state: 'open' };
  }
  const start = intent.createdAt - SKEW_MS;
  const end = intent.createdAt + CREATED_WITHIN_MS;
  const ended = await client.readSigned(orderHistoryCall(symbol, start, end));
  const order = ended.find(isOurs);
  const fromRow = order ? evidenceOfOrder(order, intent.action) : null;
  if (fromRow) return fromRow;
  const trades = await client.readSigned(tradesCall(symbol, start, end));
  const ours = trades.filter((trade) => isOurs(trade) || trade.orderId === order?.id);
  return evidenceOfTrades(ours, intent.action, order !== undefined);
}

/** The UTC days a venue's clock may have stamped the order with: two of them near midnight. */
export function cidDays(createdAt: number): readonly string[] {
  return [...new Set([utcDay(createdAt - SKEW_MS), utcDay(createdAt + SKEW_MS)])];
}

/** Null when the row alone cannot tell: it says executed without an amount or a price. */
export function evidenceOfOrder(order: Order, action: OrderAction): OrderEvidence | null {
  const isExecuted = EXECUTED.test(order.status);
  if (!isExecuted && !CANCELLED.test(order.status)) return { state: 'open' };
  const filled = order.ordered.abs().minus(order.remaining.abs());
  if (filled.lte(0)) return isExecuted ? null : { state: 'cancelled', reason: order.status };
  if (!order.averagePrice?.gt(0)) return null;
  return filledOf(filled, order.averagePrice, action);
}

/** Trades of a known order are its whole fill; without the order more of them may follow. */
export function evidenceOfTrades(
  trades: readonly Trade[],
  action: OrderAction,
  isOrderKnown: boolean,
): OrderEvidence {
  const unique = [...new Map(trades.map((trade) => [trade.id, trade])).values()];
  if (unique.length === 0) return isOrderKnown ? { state: 'open' } : { state: 'not_found' };
  const filled = sumOf(unique.map((trade) => trade.amount.abs()));
  const cost = sumOf(unique.map((trade) => trade.amount.abs().times(trade.price)));
  if (!isOrderKnown && filled.lt(action.quantity)) return { state: 'open' };
  return filledOf(filled, cost.div(filled), action);
}

function filledOf(filled: Decimal, averagePrice: Decimal, action: OrderAction): OrderEvidence {
  const state = filled.gte(action.quantity) ? 'filled' : 'partly_filled';
  return { state, filled, averagePrice };
}
