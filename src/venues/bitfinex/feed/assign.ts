import type { PerpSymbol } from '../../../core/symbol.ts';

/** Documents disagree on 25 or 30 channels a connection; the smaller number is safe in both. */
export const CHANNELS_MAX = 25;
/** Forty connections stream a thousand symbols and open within two minutes of budget. */
export const CONNECTIONS_MAX = 40;

/**
 * Spreads symbols over connections: one that streams stays where it is, a new one takes the first
 * place that is free. `taken[i]` are the channels connection i still holds besides the wanted ones.
 * Returns one set per connection, as many as needed; symbols beyond the last place are left out.
 */
export function assignSymbols(
  wanted: ReadonlySet<PerpSymbol>,
  current: readonly ReadonlySet<PerpSymbol>[],
  taken: readonly number[] = [],
): Set<PerpSymbol>[] {
  const next = current.map((set) => new Set([...set].filter((symbol) => wanted.has(symbol))));
  const placed = new Set(next.flatMap((set) => [...set]));
  for (const symbol of wanted) {
    if (placed.has(symbol)) continue;
    const free = next.findIndex((set, i) => set.size + (taken[i] ?? 0) < CHANNELS_MAX);
    if (free >= 0) next[free]?.add(symbol);
    else if (next.length < CONNECTIONS_MAX) next.push(new Set([symbol]));
  }
  return next;
}
