import { describe, expect, test } from 'vitest';
import { marginRatePct } from '../../../src/systems/balancer/model.ts';
import { whatIf } from '../../../src/systems/balancer/what-if.ts';
import { makeBook, makeSettings } from './make.ts';

const settings = makeSettings();
const book = makeBook(
  2_000,
  { mark: 100, collateral: 900 },
  { name: 'BBB', mark: 100, collateral: 900 },
);
const [first, second] = book.legs.map(({ symbol }) => symbol);

describe('what if', () => {
  test('moves only the named price, and all of them for *', () => {
    if (!first || !second) throw new Error('expected two legs');
    const one = whatIf(book, { symbol: first, pct: -5 }, settings);
    const rates = new Map(one?.positions.map((p) => [p.symbol, p]));
    expect(rates.get(first)?.rateAfterPct).toBeLessThan(rates.get(first)?.rateBeforePct ?? 0);
    expect(rates.get(second)?.rateAfterPct).toBe(rates.get(second)?.rateBeforePct);
    const all = whatIf(book, { symbol: '*', pct: -5 }, settings);
    expect(all?.positions.every((p) => p.rateAfterPct < p.rateBeforePct)).toBe(true);
  });

  test('tells what would be lost without help, and what the helpers would do', () => {
    if (!first) throw new Error('expected a leg');
    const found = whatIf(book, { symbol: first, pct: -10 }, settings);
    const worst = found?.positions[0];
    expect(worst).toMatchObject({ symbol: first, endangered: true, wouldBeLiquidated: true });
    expect(worst?.rateManagedPct).toBeGreaterThan(worst?.rateAfterPct ?? 0);
    expect(found?.moves.some((move) => move.symbol === first)).toBe(true);
  });

  test('keeps nothing: the book is as it was', () => {
    const before = book.legs.map(marginRatePct);
    whatIf(book, { symbol: '*', pct: -20 }, settings);
    expect(book.legs.map(marginRatePct)).toEqual(before);
  });

  test('refuses a shift that leaves no price, and a symbol nobody holds', () => {
    expect(() => whatIf(book, { symbol: '*', pct: -100 }, settings)).toThrow(RangeError);
    expect(() => whatIf(book, { symbol: '*', pct: Number.NaN }, settings)).toThrow(RangeError);
    expect(whatIf(book, { symbol: 'tZZZF0:USTF0' as never, pct: 1 }, settings)).toBeNull();
  });
});
