/** A row of the account's own trades. */
import { z } from 'zod';
import type { Decimal } from '../../../core/decimal.ts';
import { decimalOnWire, idOnWire, ignored, integerOrNull, positiveOnWire } from '../numbers.ts';
import { readAs } from '../wire-json.ts';

export interface Trade {
  readonly id: string;
  readonly symbol: string;
  readonly orderId: string;
  /** Signed base units. */
  readonly amount: Decimal;
  readonly price: Decimal;
  readonly cid: number | null;
}

const tradeRow = z.tuple(
  [
    idOnWire, // 0 ID
    z.string(), // 1 SYMBOL
    ignored, // 2 MTS
    idOnWire, // 3 ORDER_ID
    decimalOnWire, // 4 EXEC_AMOUNT
    positiveOnWire, // 5 EXEC_PRICE
    ignored, // 6 TYPE
    ignored, // 7 ORDER_PRICE
    ignored, // 8 MAKER
    ignored, // 9 FEE
    ignored, // 10 FEE_CCY
    integerOrNull.optional(), // 11 CID
  ],
  ignored,
);

/** @throws WireFormatError when any row is unreadable. */
export function readTradeRows(answer: unknown): Trade[] {
  return readAs(z.array(tradeRow), answer, 'trades').map((row) => ({
    id: row[0],
    symbol: row[1],
    orderId: row[3],
    amount: row[4],
    price: row[5],
    cid: row[11] ?? null,
  }));
}
