import type { Decimal } from './decimal.ts';
import type { Side } from './position.ts';
import type { PerpSymbol } from './symbol.ts';

/** Why something is done; stored with every adjustment and liquidation. */
export type Trigger = 'scheduled' | 'emergency' | 'manual';

/** Move the collateral of one position to an absolute amount. */
export interface SetCollateral {
  readonly kind: 'set_collateral';
  readonly symbol: PerpSymbol;
  /** The position this was decided for; another id at the venue makes the action void. */
  readonly positionId: string;
  readonly fromUsd: Decimal;
  readonly toUsd: Decimal;
  readonly trigger: Trigger;
}

/** Close part of one position at market, reduce-only. */
export interface ReducePosition {
  readonly kind: 'reduce_position';
  readonly symbol: PerpSymbol;
  readonly positionId: string;
  /** The side of the position; the order goes the other way. */
  readonly side: Side;
  /** Base units to close, above zero, at most the position's quantity. */
  readonly quantity: Decimal;
  /** The position's quantity when this was decided: tells later whether the order took effect. */
  readonly positionQuantity: Decimal;
  /** Integer leverage from 1 to 100 sent along, so that the venue's default of 10 never applies. */
  readonly leverage: number;
  readonly trigger: Trigger;
  /** The first leg of a roll: what it closes may be opened again by a second one. */
  readonly rollId?: string;
}

/**
 * The second leg of a roll: opens again at market, on the same side, what the first leg certainly
 * closed. The only action of the balancer that adds exposure, and never more than there was.
 */
export interface ReopenPosition {
  readonly kind: 'reopen_position';
  readonly symbol: PerpSymbol;
  /** The position that was reduced; closed as a whole, it comes back under another id. */
  readonly positionId: string;
  readonly side: Side;
  /** Base units to open again, at most what the first leg is proved to have closed. */
  readonly quantity: Decimal;
  /** Base units held on this side when this was decided; zero when all of it was closed. */
  readonly positionQuantity: Decimal;
  /** Whole leverage of the order: decides its initial margin. Never above the first leg's. */
  readonly leverage: number;
  readonly trigger: Trigger;
  /** The same as the first leg's. */
  readonly rollId: string;
}

/** What cannot make exposure larger: the plain gate judges these. */
export type BoundedAction = SetCollateral | ReducePosition;
/** What reaches the venue as an order, and leaves an order's evidence. */
export type OrderAction = ReducePosition | ReopenPosition;
export type WriteAction = BoundedAction | ReopenPosition;

declare const approvedBrand: unique symbol;
/** An action the risk gate let through. Only `risk/` mints it; venues take nothing else. */
export type Approved<A extends WriteAction = WriteAction> = A & {
  readonly [approvedBrand]: true;
};

declare const receiptBrand: unique symbol;
/** Proof that a record is on disk. Only `storage/` mints it, after a successful fsync. */
export interface Receipt {
  readonly seq: number;
  readonly [receiptBrand]: true;
}

/** What is known of a write that may have been sent: enough to ask the venue about it. */
export interface SentIntent<A extends WriteAction = WriteAction> {
  readonly id: string;
  readonly action: A;
  /** Client order id, unique in its UTC day and below 2^45. */
  readonly cid: number;
  readonly createdAt: number;
}

/** An approved action whose intent is on disk: the only thing a venue will write. */
export interface DurableIntent<A extends WriteAction = WriteAction> extends SentIntent<A> {
  readonly action: Approved<A>;
  readonly receipt: Receipt;
  /**
   * Asked in the very turn in which the write would leave, after whatever it waited for: why it
   * must not any more, or null.
   */
  readonly recalled: () => string | null;
}

/** True when the action cannot raise risk: more collateral, or a smaller position. */
export function lowersRisk(action: WriteAction): boolean {
  if (action.kind === 'set_collateral') return action.toUsd.gte(action.fromUsd);
  return action.kind === 'reduce_position';
}
