/** What the simulated venue remembers: positions, orders, trades, liquidations. */
import type { Contract } from '../../market/index.ts';
import type { Purse } from './units.ts';

export interface SimPosition {
  readonly id: number;
  readonly contract: Contract;
  /** Index of the contract, of its mark and of everything else kept per contract. */
  readonly index: number;
  /** Base units, positive for a long. */
  amount: number;
  entryPrice: number;
  readonly collateral: Purse;
  /** Kept with amount, entry and collateral, so that a step only compares. */
  liquidationPrice: number;
  readonly createdAt: number;
  updatedAt: number;
}

export interface SimOrder {
  readonly id: number;
  readonly cid: number;
  readonly gid: number | null;
  readonly index: number;
  readonly type: 'MARKET' | 'LIMIT';
  readonly createdAt: number;
  updatedAt: number;
  /** What remains, signed. */
  amount: number;
  readonly originalAmount: number;
  readonly price: number | null;
  averagePrice: number;
  readonly flags: number;
  readonly leverage: number;
  status: string;
  /** `API>BFX` for orders of a client, `BFX` for forced ones. */
  readonly routing: string;
}

export interface SimTrade {
  readonly id: number;
  readonly orderId: number;
  readonly cid: number;
  readonly index: number;
  readonly at: number;
  /** Signed. */
  readonly amount: number;
  readonly price: number;
  readonly orderType: SimOrder['type'];
  readonly orderPrice: number;
  readonly isMaker: boolean;
  readonly feeUsd: number;
}

export interface SimLiquidation {
  readonly at: number;
  readonly positionId: number;
  readonly symbol: string;
  readonly amount: number;
  readonly entryPrice: number;
  readonly markPrice: number;
  readonly collateralUsd: number;
  readonly kind: 'liquidation' | 'termination';
}

export interface ClosedPosition {
  readonly id: number;
  readonly index: number;
  readonly amount: number;
  readonly entryPrice: number;
  readonly createdAt: number;
  readonly closedAt: number;
}

/** Why a position changed, as the venue's META says it. */
export type ChangeReason = 'TRADE' | 'LIQ' | 'ADL' | 'COLLATERAL' | 'BOOK' | 'FUNDING';

export type WorldEvent =
  | {
      readonly type: 'position';
      readonly change: 'new' | 'update' | 'close';
      readonly position: SimPosition;
      readonly reason: ChangeReason;
    }
  | { readonly type: 'wallet' }
  | { readonly type: 'order'; readonly change: 'new' | 'close'; readonly order: SimOrder }
  | { readonly type: 'trade'; readonly trade: SimTrade }
  | { readonly type: 'liquidation'; readonly liquidation: SimLiquidation }
  | { readonly type: 'book' };
