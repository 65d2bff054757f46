/**
 * `POST v2/auth/w/order/submit`: opens again at market what the first leg of a roll has closed. The
 * only order without reduce-only. The initial margin is notional / `lev`; without `lev` the venue
 * would apply 10.
 */
import type { DurableIntent, ReopenPosition } from '../../../core/action.ts';
import { toWire } from '../../../core/decimal.ts';
import { SECOND_MS } from '../../../core/time.ts';
import type { SignedWrite } from '../call.ts';
import { judgeOrderSubmit } from './order-submit.ts';

/** Held back longer than this by limits or the line, it is not sent: a roll is quick or nothing. */
const WAIT_MAX_MS = 2 * SECOND_MS;

export function orderReopenCall(intent: DurableIntent<ReopenPosition>): SignedWrite {
  const { action, cid } = intent;
  const amount = action.side === 'long' ? action.quantity : action.quantity.neg();
  return {
    name: 'order reopen',
    path: 'v2/auth/w/order/submit',
    bucket: 'order_submit',
    waitMaxMs: WAIT_MAX_MS,
    body: {
      type: 'MARKET',
      symbol: action.symbol,
      amount: toWire(amount),
      lev: action.leverage,
      flags: 0,
      cid,
    },
    judge: (answer) => judgeOrderSubmit(answer, cid),
  };
}
