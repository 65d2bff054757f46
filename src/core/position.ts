import type { Decimal } from './decimal.ts';
import type { PerpSymbol } from './symbol.ts';

export type Side = 'long' | 'short';

/** One isolated-margin position as the venue reports it. Money in the quote currency (USD). */
export interface Position {
  /** The venue's id; a position that is closed and opened again has another one. */
  readonly id: string;
  readonly symbol: PerpSymbol;
  readonly side: Side;
  /** Base units, above zero; the side carries the sign. */
  readonly quantity: Decimal;
  readonly entryPrice: Decimal;
  readonly collateralUsd: Decimal;
  /** The least collateral the venue asks for, null where the row does not say. */
  readonly collateralMinUsd: Decimal | null;
  /** The venue's own liquidation price, null where the row does not say. */
  readonly liquidationPrice: Decimal | null;
  readonly leverage: Decimal | null;
}

/** Whether the venue says the same of a position twice. */
export function isSamePosition(a: Position, b: Position): boolean {
  return (
    a.id === b.id &&
    a.symbol === b.symbol &&
    a.side === b.side &&
    a.quantity.eq(b.quantity) &&
    a.entryPrice.eq(b.entryPrice) &&
    a.collateralUsd.eq(b.collateralUsd) &&
    isSame(a.collateralMinUsd, b.collateralMinUsd) &&
    isSame(a.liquidationPrice, b.liquidationPrice) &&
    isSame(a.leverage, b.leverage)
  );
}

function isSame(a: Decimal | null, b: Decimal | null): boolean {
  return a === null || b === null ? a === b : a.eq(b);
}

/** The derivatives wallet. `availableUsd` is null while the venue has not computed it: unknown. */
export interface Wallet {
  readonly currency: string;
  readonly balanceUsd: Decimal;
  readonly availableUsd: Decimal | null;
}

/** A mark price and when it was true by the venue's clock. */
export interface Mark {
  readonly symbol: PerpSymbol;
  readonly price: Decimal;
  readonly at: number;
}

/** What a pair demands, from the venue's configuration. Rates are fractions (0.005 = 0.5 %). */
export interface PairRules {
  readonly symbol: PerpSymbol;
  readonly initialRate: Decimal;
  readonly maintenanceRate: Decimal;
  readonly minQuantity: Decimal;
  readonly maxQuantity: Decimal;
}

/** The bounds the venue sets for the collateral of one position right now. */
export interface CollateralLimits {
  readonly minUsd: Decimal;
  readonly maxUsd: Decimal;
}

export interface Candle {
  readonly at: number;
  readonly open: Decimal;
  readonly high: Decimal;
  readonly low: Decimal;
  readonly close: Decimal;
  readonly volume: Decimal;
}
