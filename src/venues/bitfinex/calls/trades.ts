/** `POST v2/auth/r/trades/{symbol}/hist`: the account's own trades, each with its order's cid. */
import type { PerpSymbol } from '../../../core/symbol.ts';
import type { SignedRead } from '../call.ts';
import { readTradeRows, type Trade } from '../rows/trade.ts';

const ROWS_MAX = 2_500;

/** Trades between two moments, in ms. */
export function tradesCall(symbol: PerpSymbol, start: number, end: number): SignedRead<Trade[]> {
  return {
    name: 'trades',
    path: `v2/auth/r/trades/${symbol}/hist`,
    bucket: 'trades_history',
    lane: 'urgent_read',
    isProof: true,
    body: { start, end, limit: ROWS_MAX },
    read: readTradeRows,
  };
}
