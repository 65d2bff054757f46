/** Rows of wallets, orders, trades and notifications. */

import { USD_FUTURES } from '../../market/index.ts';
import type { SimOrder, SimTrade, World } from '../core/index.ts';
import { accountTotals } from '../core/index.ts';
import type { Row } from './position-row.ts';

const SECOND_MS = 1_000;

/**
 * The derivatives wallet: BALANCE contains the collateral in positions, AVAILABLE does not. Null
 * over WebSocket until it was asked for.
 */
export function derivativesWalletRow(world: World, isAvailableKnown: boolean): Row {
  const { balanceUsd, availableUsd } = accountTotals(world);
  const available = isAvailableKnown ? availableUsd : null;
  return ['margin', USD_FUTURES, balanceUsd, 0, available, null, null];
}

/** A second wallet, as every real account has: nothing here may be mistaken for the other. */
export function exchangeWalletRow(isAvailableKnown: boolean): Row {
  return ['exchange', 'UST', 833.61904883, 0, isAvailableKnown ? 723.62186513 : null, null, null];
}

export function orderRow(order: SimOrder, symbol: string): Row {
  return [
    order.id,
    order.gid,
    order.cid,
    symbol,
    order.createdAt,
    order.updatedAt,
    order.amount,
    order.originalAmount,
    order.type,
    null,
    null,
    null,
    order.flags,
    order.status,
    null,
    null,
    order.price ?? 0,
    order.averagePrice,
    0,
    0,
    null,
    null,
    null,
    0,
    0,
    null,
    null,
    null,
    order.routing,
    null,
    null,
    { $F33: order.leverage, source: 'api' },
  ];
}

/** Over WebSocket a `te` has no fee yet, a `tu` has. */
export function tradeRow(trade: SimTrade, symbol: string, isFeeKnown = true): Row {
  return [
    trade.id,
    symbol,
    trade.at,
    trade.orderId,
    trade.amount,
    trade.price,
    trade.orderType,
    trade.orderPrice,
    trade.isMaker ? 1 : -1,
    isFeeKnown ? -trade.feeUsd : null,
    isFeeKnown ? USD_FUTURES : null,
    trade.cid,
  ];
}

export interface Notification {
  readonly type: 'on-req' | 'oc-req';
  readonly at: number;
  readonly data: unknown;
  readonly status: 'SUCCESS' | 'ERROR';
  readonly text: string;
}

/** The time of an `on-req` is in seconds, of the others in milliseconds. */
export function notificationRow({ type, at, data, status, text }: Notification): Row {
  const time = type === 'on-req' ? Math.floor(at / SECOND_MS) : at;
  return [time, type, null, null, data, null, status, text];
}
