/**
 * Whole cents from binary numbers, without going through decimals: a plan for a thousand positions
 * rounds thousands of times. Results are the doubles nearest to whole cents, so their shortest
 * decimal form, which is what `Decimal` reads, is exact.
 */
import { Decimal, ZERO } from '../../core/decimal.ts';

/** Differences below a ten-thousandth of a cent are binary noise: 1,199.9999999 is 1,200. */
const NOISE_SCALE = 1e6;
/** What the venue states has eight places, and all of them count. */
const EXACT_SCALE = 1e8;
const CENTS = 100;
const HUNDREDTHS = Array.from({ length: CENTS }, (_, cents) => new Decimal(cents).div(CENTS));

/**
 * Adds amounts of at most eight places exactly: whole dollars and their parts apart, each an
 * integer that a double holds, and one decimal at the end in place of one for every step.
 */
export function exactSum(amounts: readonly number[]): Decimal {
  let dollars = 0;
  let parts = 0;
  for (const amount of amounts) {
    const whole = Math.trunc(amount);
    dollars += whole;
    parts += Math.round((amount - whole) * EXACT_SCALE);
  }
  return new Decimal(parts).div(EXACT_SCALE).plus(dollars);
}

/**
 * The decimal of a whole number of cents, in USD from 0. Put together from two small integers:
 * reading it from its text takes twice as long and leaves twice the garbage.
 */
export function decimalOfCents(usd: number): Decimal {
  const cents = Math.round(usd * CENTS);
  const rest = cents % CENTS;
  return (HUNDREDTHS[rest] ?? ZERO).plus((cents - rest) / CENTS);
}

/** Rounds a computed amount up to cents, in USD. */
export function centsUp(usd: number): number {
  return Math.ceil(Math.round(usd * NOISE_SCALE) / (NOISE_SCALE / CENTS)) / CENTS;
}

/** Rounds a computed amount down to cents, in USD. */
export function centsDown(usd: number): number {
  return Math.floor(Math.round(usd * NOISE_SCALE) / (NOISE_SCALE / CENTS)) / CENTS;
}

/** The least whole cents that are not below a bound of the venue, in USD. */
export function centsFrom(boundUsd: number): number {
  return Math.ceil(Math.round(boundUsd * EXACT_SCALE) / (EXACT_SCALE / CENTS)) / CENTS;
}

/** The most whole cents that are not above a bound of the venue, in USD; Infinity stays. */
export function centsUpTo(boundUsd: number): number {
  return Math.floor(Math.round(boundUsd * EXACT_SCALE) / (EXACT_SCALE / CENTS)) / CENTS;
}
