/**
 * Exact decimal numbers for money, prices and quantities.
 *
 * A decision may weigh ratios in binary floating point; whatever goes to the wire, to disk or into
 * a sum of money is a `Decimal`, and a float becomes one only through the directed roundings here.
 */
import { Decimal as DecimalJs } from 'decimal.js';
import { BallastError } from './errors.ts';

/** 40 digits keep every sum of venue amounts exact; exponents never appear in text. */
export const Decimal = DecimalJs.clone({ precision: 40, toExpNeg: -30, toExpPos: 30 });
export type Decimal = DecimalJs;

export const ZERO: Decimal = new Decimal(0);

/** Money is planned in whole cents; the venue itself keeps eight places. */
export const CENT_PLACES = 2;
export const WIRE_PLACES = 8;

const PLAIN_NUMBER = /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/;
/** Beyond this no venue amount is believable; it guards sums against absurd input. */
const MAGNITUDE_MAX = new Decimal('1e18');

/**
 * Reads a number from the text it had on the wire.
 * @throws BallastError when the text is not a finite number below 1e18 in magnitude.
 */
export function parseDecimal(text: string): Decimal {
  if (!PLAIN_NUMBER.test(text)) {
    throw new BallastError(`expected a decimal number, was ${JSON.stringify(text.slice(0, 40))}`);
  }
  const value = new Decimal(text);
  if (value.abs().gt(MAGNITUDE_MAX)) {
    throw new BallastError(`expected a number below 1e18, was ${text.slice(0, 40)}`);
  }
  return value;
}

/** Rounds towards minus infinity: for what is released, paid out or promised. */
export function floorTo(value: Decimal | number, places: number): Decimal {
  return new Decimal(value).toDecimalPlaces(places, DecimalJs.ROUND_FLOOR);
}

/** Rounds towards plus infinity: for what is required. */
export function ceilTo(value: Decimal | number, places: number): Decimal {
  return new Decimal(value).toDecimalPlaces(places, DecimalJs.ROUND_CEIL);
}

/** Writes a number as the venues want it: plain digits, no exponent, no trailing zeros. */
export function toWire(value: Decimal): string {
  return value.toFixed();
}

/** Adds exactly. */
export function sumOf(values: Iterable<Decimal>): Decimal {
  let sum = ZERO;
  for (const value of values) sum = sum.plus(value);
  return sum;
}

export function minOf(a: Decimal, b: Decimal): Decimal {
  return a.lte(b) ? a : b;
}

export function maxOf(a: Decimal, b: Decimal): Decimal {
  return a.gte(b) ? a : b;
}
