import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PerpSymbol, parseSymbol } from '../../../src/core/symbol.ts';
import {
  assignSymbols,
  CHANNELS_MAX,
  CONNECTIONS_MAX,
} from '../../../src/venues/bitfinex/feed/assign.ts';

const symbol = (n: number): PerpSymbol => parseSymbol(`tC${n}F0:USTF0`);
const symbols = (numbers: readonly number[]) => new Set(numbers.map(symbol));

describe('spreading symbols over connections', () => {
  test('any sequence of wishes keeps 25 a connection, each symbol once, and none moves', () => {
    const wishes = fc.array(fc.array(fc.nat(120), { maxLength: 80 }), { maxLength: 12 });
    fc.assert(
      fc.property(wishes, (sequence) => {
        let current: Set<PerpSymbol>[] = [];
        for (const wish of sequence) {
          const wanted = symbols(wish);
          const next = assignSymbols(wanted, current);
          expect(next.every((set) => set.size <= CHANNELS_MAX)).toBe(true);
          const placed = next.flatMap((set) => [...set]);
          expect(placed.sort()).toEqual([...wanted].sort());
          for (const [i, set] of current.entries()) {
            for (const kept of set) expect(next[i]?.has(kept)).toBe(wanted.has(kept));
          }
          current = next;
        }
      }),
    );
  });

  test('channels that the venue still counts take their place', () => {
    const next = assignSymbols(symbols([1]), [new Set()], [CHANNELS_MAX]);
    expect(next.map(({ size }) => size)).toEqual([0, 1]);
  });

  test('the number of connections has an end', () => {
    const numbers = Array.from({ length: 1_100 }, (_, i) => i);
    const next = assignSymbols(symbols(numbers), []);
    expect(next).toHaveLength(CONNECTIONS_MAX);
  });
});
