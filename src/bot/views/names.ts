/** Short names of contracts: `BTC`, and with the quote only where two share a base. */
import { baseOf, type PerpSymbol, quoteOf } from '../../core/symbol.ts';

export type NameOf = (symbol: PerpSymbol) => string;

/** Names for a set of symbols that appear together. */
export function namesFor(symbols: Iterable<PerpSymbol>): NameOf {
  const quotes = new Map<string, Set<string>>();
  for (const symbol of symbols) {
    const base = baseOf(symbol);
    quotes.set(base, (quotes.get(base) ?? new Set()).add(quoteOf(symbol)));
  }
  return (symbol) => {
    const base = baseOf(symbol);
    const isShared = (quotes.get(base)?.size ?? 0) > 1;
    return isShared ? `${base}/${quoteOf(symbol).replace(/F0$/, '')}` : base;
  };
}
