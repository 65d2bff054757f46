/** An order row: REST replies, order history and notifications share it. */
import { z } from 'zod';
import type { Decimal } from '../../../core/decimal.ts';
import {
  decimalOnWire,
  decimalOrNull,
  idOnWire,
  ignored,
  integerOrNull,
  listOnWire,
} from '../numbers.ts';
import { readAs } from '../wire-json.ts';

export interface Order {
  readonly id: string;
  readonly cid: number | null;
  readonly symbol: string;
  readonly createdAt: number | null;
  /** Signed base units; what is left and what was ordered. */
  readonly remaining: Decimal;
  readonly ordered: Decimal;
  /** A text such as `EXECUTED @ 117120.0(0.00008)`: match it by prefix. */
  readonly status: string;
  readonly averagePrice: Decimal | null;
}

const orderRow = z.tuple(
  [
    idOnWire, // 0 ID
    ignored, // 1 GID
    integerOrNull, // 2 CID
    z.string(), // 3 SYMBOL
    integerOrNull, // 4 MTS_CREATE
    ignored, // 5 MTS_UPDATE
    decimalOnWire, // 6 AMOUNT, what remains
    decimalOnWire, // 7 AMOUNT_ORIG
    ignored, // 8 TYPE
    ignored, // 9 TYPE_PREV
    ignored, // 10 MTS_TIF
    ignored, // 11
    ignored, // 12 FLAGS
    z.string(), // 13 STATUS
    ignored, // 14
    ignored, // 15
    ignored, // 16 PRICE
    decimalOrNull.optional(), // 17 PRICE_AVG
  ],
  ignored,
);

/** @throws WireFormatError */
export function readOrderRow(value: unknown): Order {
  const row = readAs(orderRow, value, 'order row');
  return {
    id: row[0],
    cid: row[2],
    symbol: row[3],
    createdAt: row[4],
    remaining: row[6],
    ordered: row[7],
    status: row[13],
    averagePrice: row[17] ?? null,
  };
}

/** Reads a list of orders. @throws WireFormatError when any row is unreadable. */
export function readOrderRows(answer: unknown): Order[] {
  return readAs(listOnWire, answer, 'orders').map(readOrderRow);
}
