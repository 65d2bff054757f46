/**
 * `POST v2/auth/w/order/submit`: closes part of a position at market, reduce-only. An order larger
 * than the position would be cancelled whole, and without `lev` the venue would apply 10.
 */
import type { DurableIntent, ReducePosition } from '../../../core/action.ts';
import { toWire } from '../../../core/decimal.ts';
import { messageOf } from '../../../core/errors.ts';
import { confirmed, type Outcome, rejected, unknown } from '../../../core/outcome.ts';
import type { SignedWrite } from '../call.ts';
import { type Notification, readNotification } from '../rows/notification.ts';

const REDUCE_ONLY = 1024;
const CLOSE = 512;

export function orderSubmitCall(intent: DurableIntent<ReducePosition>): SignedWrite {
  const { action, cid } = intent;
  const closesAll = action.quantity.eq(action.positionQuantity);
  const amount = action.side === 'long' ? action.quantity.neg() : action.quantity;
  return {
    name: 'order submit',
    path: 'v2/auth/w/order/submit',
    bucket: 'order_submit',
    body: {
      type: 'MARKET',
      symbol: action.symbol,
      amount: toWire(amount),
      lev: action.leverage,
      flags: closesAll ? REDUCE_ONLY + CLOSE : REDUCE_ONLY,
      cid,
    },
    judge: (answer) => judgeOrderSubmit(answer, cid),
  };
}

export function judgeOrderSubmit(answer: unknown, cid: number): Outcome {
  let notification: Notification;
  try {
    notification = readNotification(answer);
  } catch (error) {
    return unknown(messageOf(error));
  }
  const { status, code, text, orders } = notification;
  if (status === 'ERROR' || status === 'FAILURE') {
    return rejected(code === 'none' ? status : code, text);
  }
  if (status !== 'SUCCESS') return unknown(`expected SUCCESS, was ${status.slice(0, 40)}`);
  const foreign = orders.find((order) => order.cid !== cid);
  if (foreign) return unknown(`expected an order with cid ${cid}, was ${foreign.cid}`);
  return confirmed(`order ${orders[0]?.id ?? 'accepted'}`);
}
