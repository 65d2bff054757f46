/**
 * What moves the marks: a generated path or recorded candles. Pure state, advanced step by step.
 */
import type { Contract } from './contracts.ts';

export interface Market {
  readonly contracts: readonly Contract[];
  readonly stepMs: number;
  /** Moment of the latest step in market time, ms. */
  readonly at: number;
  /** One price per contract, overwritten in place by every step. */
  readonly prices: Float64Array;
  /** Base units traded in the latest step, per contract. */
  readonly volumes: Float64Array;
  /** Advances by `stepMs`. */
  step(): void;
}

/** Digits of a mark price on the wire. */
const PRICE_DIGITS = 7;

/** 10 to the number of decimals that leaves a price its digits: multiply, round, divide. */
export function priceScale(price: number): number {
  const decimals = PRICE_DIGITS - 1 - Math.floor(Math.log10(price));
  return 10 ** Math.max(0, Math.min(12, decimals));
}
