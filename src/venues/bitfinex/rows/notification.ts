/** The notification that answers an order request. Accepted is not filled. */

import { isLosslessNumber } from 'lossless-json';
import { z } from 'zod';
import { ignored } from '../numbers.ts';
import { readAs } from '../wire-json.ts';
import { type Order, readOrderRow } from './order.ts';

export interface Notification {
  /** SUCCESS, ERROR or FAILURE. */
  readonly status: string;
  readonly code: string;
  readonly text: string;
  readonly orders: readonly Order[];
}

const notificationRow = z.tuple(
  [
    ignored, // 0 MTS: seconds for on-req, milliseconds for others
    z.string(), // 1 TYPE
    ignored, // 2 MESSAGE_ID
    ignored, // 3
    ignored, // 4 DATA: an array of orders, or one order
    ignored, // 5 CODE
    z.string(), // 6 STATUS
    ignored, // 7 TEXT
  ],
  ignored,
);

/** @throws WireFormatError */
export function readNotification(value: unknown): Notification {
  const row = readAs(notificationRow, value, 'notification');
  const code = row[5];
  return {
    status: row[6],
    code: isLosslessNumber(code) ? code.value : 'none',
    text: typeof row[7] === 'string' ? row[7].slice(0, 200) : '',
    orders: row[6] === 'SUCCESS' ? ordersIn(row[4]) : [],
  };
}

function ordersIn(data: unknown): Order[] {
  if (!Array.isArray(data) || data.length === 0) return [];
  const rows: unknown[] = Array.isArray(data[0]) ? data : [data];
  return rows.map(readOrderRow);
}
