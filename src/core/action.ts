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
}

export type WriteAction = SetCollateral | ReducePosition;

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
}

/** True when the action cannot raise risk: more collateral, or a smaller position. */
export function lowersRisk(action: WriteAction): boolean {
  return action.kind === 'reduce_position' || action.toUsd.gte(action.fromUsd);
}
