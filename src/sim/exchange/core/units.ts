/**
 * Money as whole numbers of 1e-8 USD in a double: exact up to 90 million USD, checked on each move.
 * Prices and quantities are plain doubles; a result becomes money only by a directed rounding here.
 */
import { Decimal } from '../../../core/decimal.ts';
import { assert } from '../../../core/errors.ts';

/** A whole number of 1e-8 USD. */
export type Units = number;

export const UNITS_PER_USD = 1e8;
const QUANTITY_PLACES = 8;

/** Rounds to the nearest unit. */
export function toUnits(usd: number): Units {
  return checked(Math.round(usd * UNITS_PER_USD));
}

export function floorUnits(usd: number): Units {
  return checked(Math.floor(usd * UNITS_PER_USD));
}

export function ceilUnits(usd: number): Units {
  return checked(Math.ceil(usd * UNITS_PER_USD));
}

/** Exact for text with at most eight decimals; what is beyond is dropped. */
export function unitsOf(usd: Decimal): Units {
  return checked(usd.times(UNITS_PER_USD).floor().toNumber());
}

/** The double closest to the amount in USD. */
export function usdOf(units: Units): number {
  return units / UNITS_PER_USD;
}

/** Quantities have eight decimals; sums of doubles do not. */
export function roundQuantity(quantity: number): number {
  const rounded = new Decimal(quantity).toDecimalPlaces(QUANTITY_PLACES).toNumber();
  return rounded === 0 ? 0 : rounded;
}

export function checked(units: number): Units {
  assert(Number.isSafeInteger(units), `whole units below 2^53, was ${units}`);
  return units;
}

/** Something that holds money. */
export interface Purse {
  units: Units;
}

/** The only way money moves: what one purse loses the other gains. */
export function move(from: Purse, to: Purse, units: Units): void {
  from.units = checked(from.units - checked(units));
  to.units = checked(to.units + units);
}
