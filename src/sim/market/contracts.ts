/** The perpetuals that are traded here, with prices and margin rates as on the real venue. */
import { type PerpSymbol, parseSymbol } from '../../core/symbol.ts';

export interface Contract {
  readonly base: string;
  readonly symbol: PerpSymbol;
  /** Price the generated market starts from, in USD. */
  readonly startPrice: number;
  /** How strongly it follows BTC. */
  readonly beta: number;
  /** Standard deviation of its own daily return, beside what BTC gives it, as a fraction. */
  readonly ownVolatility: number;
  readonly minQuantity: number;
  readonly maxQuantity: number;
  /** Fractions: 0.01 allows 100 × leverage. */
  readonly initialRate: number;
  readonly maintenanceRate: number;
  /** Notional that moves the price by one percent, in USD. */
  readonly depthUsd: number;
}

/** Base, price, beta, own daily volatility in percent, depth in thousand USD. */
const TABLE: readonly (readonly [string, number, number, number, number])[] = [
  ['BTC', 96_450, 1, 0, 60_000],
  ['ETH', 3_420, 1.15, 1.6, 40_000],
  ['SOL', 187.4, 1.35, 2.6, 15_000],
  ['XRP', 2.31, 1.2, 2.8, 12_000],
  ['BNB', 655, 0.95, 1.7, 10_000],
  ['DOGE', 0.3342, 1.45, 3.2, 8_000],
  ['ADA', 0.9215, 1.3, 2.6, 8_000],
  ['TRX', 0.2418, 0.7, 1.9, 5_000],
  ['AVAX', 36.85, 1.4, 2.7, 6_000],
  ['LINK', 22.94, 1.3, 2.5, 6_000],
  ['LTC', 104.6, 1.1, 2.2, 6_000],
  ['DOT', 6.972, 1.3, 2.4, 5_000],
  ['BCH', 438.2, 1.1, 2.3, 4_000],
  ['UNI', 13.51, 1.35, 2.9, 4_000],
  ['XLM', 0.4126, 1.2, 2.9, 3_000],
  ['NEAR', 5.184, 1.45, 3, 3_000],
  ['ATOM', 6.403, 1.25, 2.4, 3_000],
  ['FIL', 5.217, 1.35, 2.7, 3_000],
  ['ETC', 26.35, 1.2, 2.3, 3_000],
  ['AAVE', 312.8, 1.35, 3, 3_000],
  ['APT', 9.144, 1.4, 3, 3_000],
  ['ARB', 0.7423, 1.45, 3, 3_000],
  ['OP', 1.842, 1.5, 3.1, 3_000],
  ['SUI', 4.327, 1.5, 3.4, 4_000],
  ['TON', 5.461, 0.95, 2.2, 3_000],
  ['XMR', 192.7, 0.75, 2, 2_000],
  ['EOS', 0.8127, 1.2, 2.5, 2_000],
  ['XTZ', 1.284, 1.25, 2.5, 2_000],
  ['ALGO', 0.3385, 1.3, 2.9, 2_000],
  ['NEO', 14.02, 1.2, 2.4, 2_000],
  ['IOTA', 0.2914, 1.3, 2.8, 1_500],
  ['DASH', 38.06, 1.1, 2.4, 1_500],
  ['AXS', 6.178, 1.4, 3, 1_500],
  ['GALA', 0.03541, 1.5, 3.3, 1_500],
  ['SAND', 0.5473, 1.4, 3, 1_500],
  ['PEPE', 0.00001824, 1.6, 4.2, 2_000],
  ['SHIB', 0.00002147, 1.45, 3.2, 2_000],
  ['TRY', 0.02832, 0.02, 0.5, 1_000],
];

/** Initial and maintenance rate where they are not 1 % and 0.5 %. */
const RATES: Readonly<Record<string, readonly [number, number]>> = {
  BNB: [0.05, 0.025],
  SOL: [0.05, 0.025],
  TRY: [0.1, 0.05],
};
const USUAL_RATES = [0.01, 0.005] as const;
/** The smallest order is worth about this much. */
const MIN_ORDER_USD = 4;
const MAX_ORDER_USD = 10_000_000;
/** What is assumed of a coin that is not in the table. */
const UNKNOWN = { beta: 1.25, ownVolatility: 0.028, depthUsd: 2_000_000 };

export const USD_FUTURES = 'USTF0';

/** Describes a coin at a price; unknown coins get the figures of an ordinary altcoin. */
export function contractOf(base: string, price: number): Contract {
  const row = TABLE.find(([name]) => name === base);
  const [initialRate, maintenanceRate] = RATES[base] ?? USUAL_RATES;
  return {
    base,
    symbol: parseSymbol(`t${base}F0:${USD_FUTURES}`),
    startPrice: price,
    beta: row ? row[2] : UNKNOWN.beta,
    ownVolatility: row ? row[3] / 100 : UNKNOWN.ownVolatility,
    minQuantity: powerOfTen(MIN_ORDER_USD / price),
    maxQuantity: powerOfTen(MAX_ORDER_USD / price),
    initialRate,
    maintenanceRate,
    depthUsd: row ? row[4] * 1_000 : UNKNOWN.depthUsd,
  };
}

/**
 * The first `count` contracts; beyond the table come invented ones, so that loads can be tested.
 */
export function contractTable(count: number): Contract[] {
  const known = TABLE.map(([base, price]) => contractOf(base, price));
  for (let i = known.length; i < count; i += 1) {
    const price = Number((0.05 * 1.37 ** (i % 29) + i / 1_000).toPrecision(4));
    known.push(contractOf(`SIM${i}`, price));
  }
  return known.slice(0, Math.max(count, TABLE.length));
}

/** The next lower power of ten with a factor of 1, 2 or 4, written without float dust. */
function powerOfTen(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = value / power >= 4 ? 4 : value / power >= 2 ? 2 : 1;
  return Math.max(1e-8, Number((factor * power).toPrecision(1)));
}
