/** What closing part of a position costs, and the book once that has happened at the mark. */
import { CENT_PLACES, Decimal, floorTo } from '../../core/decimal.ts';
import { type Book, type Leg, notionalUsd, unrealizedPnlUsd } from './model.ts';

/** The taker fee the venue charges, as a fraction of the notional closed. */
export const TAKER_FEE_RATE = 0.00065;
/** What a market order is expected to lose against the mark, as a fraction of the notional. */
export const SLIPPAGE_RATE = 0.001;

/** Fee and slippage of closing the whole position, USD. */
export function closingCostUsd(leg: Leg): number {
  return (TAKER_FEE_RATE + SLIPPAGE_RATE) * notionalUsd(leg);
}

export interface Closing {
  readonly symbol: string;
  /** Base units to close. */
  readonly quantity: Decimal;
}

/**
 * A closed share takes the same share of collateral and result to the wallet, less costs; whole
 * positions disappear. Amounts that reach the wallet are rounded down to cents.
 */
export function applyReductions(book: Book, closings: readonly Closing[]): Book {
  if (closings.length === 0) return book;
  const bySymbol = new Map(closings.map((closing) => [closing.symbol, closing]));
  let availableExact = book.availableExact;
  const legs = book.legs.flatMap((leg) => {
    const closing = bySymbol.get(leg.symbol);
    if (!closing) return [leg];
    const share = closing.quantity.div(leg.quantityExact);
    const part = share.toNumber();
    const released = leg.collateralExact.times(share);
    const result = part * (unrealizedPnlUsd(leg) - closingCostUsd(leg));
    availableExact = availableExact.plus(floorTo(released.plus(result), CENT_PLACES));
    const quantityExact = leg.quantityExact.minus(closing.quantity);
    if (quantityExact.lte(0)) return [];
    return [rest(leg, quantityExact, leg.collateralExact.minus(released), 1 - part)];
  });
  return { legs, availableExact, availableUsd: availableExact.toNumber() };
}

function rest(leg: Leg, quantityExact: Decimal, collateral: Decimal, kept: number): Leg {
  const collateralExact = new Decimal(collateral);
  return {
    ...leg,
    quantityExact,
    quantity: quantityExact.toNumber(),
    collateralExact,
    collateralUsd: collateralExact.toNumber(),
    minUsd: leg.minUsd * kept,
    maxUsd: leg.maxUsd * kept,
  };
}
