/**
 * Risk weights: how much more a symbol moves than BTC. Configured by people, else measured from
 * daily closes, else the last one known, else 1, and the source always rides along.
 */
import { assert } from '../../core/errors.ts';
import type { PerpSymbol } from '../../core/symbol.ts';
import type { WeightSource } from './model.ts';

export interface ResolvedWeight {
  readonly weight: number;
  readonly source: WeightSource;
}

/** Two returns are the least that have a spread. */
const RETURNS_MIN = 2;
/** A measured weight outside these says more about a broken or pegged market than about risk. */
const MEASURED_MIN = 0.1;
const MEASURED_MAX = 20;
const DEFAULT_WEIGHT = 1;

/**
 * σ(symbol) / σ(BTC), σ = sample standard deviation of daily returns, from daily closes, oldest
 * first. Both are taken over the latest days they have in common. Bounded to 0.1 … 20.
 * Null where there is too little to measure: fewer than three closes, an absurd close, a BTC that
 * did not move.
 */
export function measuredWeight(
  closes: readonly number[],
  btcCloses: readonly number[],
): number | null {
  const days = Math.min(closes.length, btcCloses.length);
  const own = deviation(closes.slice(closes.length - days));
  const btc = deviation(btcCloses.slice(btcCloses.length - days));
  if (own === null || btc === null || btc === 0) return null;
  return Math.min(MEASURED_MAX, Math.max(MEASURED_MIN, own / btc));
}

function deviation(closes: readonly number[]): number | null {
  if (!closes.every((close) => Number.isFinite(close) && close > 0)) return null;
  const returns: number[] = [];
  closes.forEach((close, day) => {
    const before = closes[day - 1];
    if (before !== undefined) returns.push(close / before - 1);
  });
  if (returns.length < RETURNS_MIN) return null;
  const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length;
  const squares = returns.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (returns.length - 1));
}

/**
 * Chooses each symbol's weight. `measured` holds the latest measurement, `lastKnown` what an
 * earlier one said. A weight of 1 for want of anything better carries the source `default`.
 * @throws InvariantError when a weight is not a finite number above zero.
 */
export function resolveWeights(
  symbols: Iterable<PerpSymbol>,
  configured: Readonly<Record<string, number>>,
  measured: ReadonlyMap<PerpSymbol, number>,
  lastKnown: ReadonlyMap<PerpSymbol, number>,
): Map<PerpSymbol, ResolvedWeight> {
  const resolved = new Map<PerpSymbol, ResolvedWeight>();
  for (const symbol of symbols) {
    const weight = choose(symbol, configured, measured, lastKnown);
    const isSound = Number.isFinite(weight.weight) && weight.weight > 0;
    assert(isSound, `a weight above 0 for ${symbol}, was ${weight.weight}`);
    resolved.set(symbol, weight);
  }
  return resolved;
}

function choose(
  symbol: PerpSymbol,
  configured: Readonly<Record<string, number>>,
  measured: ReadonlyMap<PerpSymbol, number>,
  lastKnown: ReadonlyMap<PerpSymbol, number>,
): ResolvedWeight {
  const own = Object.hasOwn(configured, symbol) ? configured[symbol] : undefined;
  if (own !== undefined) return { weight: own, source: 'configured' };
  const fresh = measured.get(symbol);
  if (fresh !== undefined) return { weight: fresh, source: 'measured' };
  const known = lastKnown.get(symbol);
  if (known !== undefined) return { weight: known, source: 'stale' };
  return { weight: DEFAULT_WEIGHT, source: 'default' };
}
