/**
 * What the second leg of a roll may be, given what is proved of the first: the same symbol and
 * side, at most the quantity that was closed, at most the leverage, within moments, near the price,
 * and with nobody else's hand in between. Exposure is never larger than it was before the roll.
 */
import type { DurableIntent, ReducePosition, ReopenPosition } from '../core/action.ts';
import type { Decimal } from '../core/decimal.ts';
import { SECOND_MS } from '../core/time.ts';

/** What the venue showed of a first leg. Only an approved intent that is on disk can be one. */
export interface ClosedLeg {
  readonly intent: DurableIntent<ReducePosition>;
  readonly filled: Decimal;
  readonly averagePrice: Decimal;
}

/** The account and the market as read after the first leg was filled. */
export interface ReopeningScene {
  /** Base units held on this side now; zero when the position is gone. */
  readonly heldQuantity: Decimal;
  readonly markPrice: Decimal;
  /** Since the first leg was decided, on the clock that never steps. */
  readonly elapsedMs: number;
}

/** Later than this the first leg stays a reduction. */
export const REOPEN_WITHIN_MS = 10 * SECOND_MS;
/** So is it when the mark has moved further than this from the price of the first leg, percent. */
export const REOPEN_DRIFT_PCT = 0.5;
const LEVERAGE_MAX = 100;

export type ReopeningObjection =
  | 'amount_invalid'
  | 'not_of_roll'
  | 'above_closed'
  | 'position_changed'
  | 'too_late'
  | 'price_moved';

/** Null when nothing speaks against it. Numbers that are none are refused, never let through. */
export function objectionToReopening(
  action: ReopenPosition,
  { intent, filled, averagePrice }: ClosedLeg,
  { heldQuantity, markPrice, elapsedMs }: ReopeningScene,
): ReopeningObjection | null {
  const first = intent.action;
  if (!isOrderable(action)) return 'amount_invalid';
  const isSame =
    first.rollId === action.rollId &&
    first.symbol === action.symbol &&
    first.side === action.side &&
    first.positionId === action.positionId;
  if (!isSame) return 'not_of_roll';
  const isWithin =
    action.quantity.lte(filled) &&
    action.quantity.lte(first.quantity) &&
    action.leverage <= first.leverage;
  if (!isWithin) return 'above_closed';
  const rest = first.positionQuantity.minus(filled);
  if (!heldQuantity.eq(rest) || !action.positionQuantity.eq(heldQuantity)) {
    return 'position_changed';
  }
  if (!(elapsedMs >= 0 && elapsedMs <= REOPEN_WITHIN_MS)) return 'too_late';
  const movedPct = markPrice.minus(averagePrice).abs().div(averagePrice).times(100);
  return movedPct.lte(REOPEN_DRIFT_PCT) ? null : 'price_moved';
}

function isOrderable({ quantity, leverage }: ReopenPosition): boolean {
  const isWhole = Number.isInteger(leverage) && leverage >= 1 && leverage <= LEVERAGE_MAX;
  return quantity.isFinite() && quantity.gt(0) && isWhole;
}
