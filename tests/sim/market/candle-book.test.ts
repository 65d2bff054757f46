import { expect, test } from 'vitest';
import { CandleBook, Shocks } from '../../../src/sim/market/index.ts';

const at = (minute: number) => Date.UTC(2026, 0, 5) + minute * 60_000;

test('bars take their open from the bar before and keep the extremes', () => {
  const book = new CandleBook(1);
  const prices = [100, 103, 99, 101, 108, 107, 105, 104, 106];
  prices.forEach((price, i) => {
    book.record(at(i / 3), Float64Array.of(price), Float64Array.of(2));
  });
  expect(book.candles(0, '1m')).toEqual([
    { at: at(0), open: 100, high: 103, low: 99, close: 99, volume: 6 },
    { at: at(1), open: 99, high: 108, low: 99, close: 107, volume: 6 },
    { at: at(2), open: 107, high: 107, low: 104, close: 106, volume: 6 },
  ]);
  expect(book.candles(0, '5m')).toEqual([
    { at: at(0), open: 100, high: 108, low: 99, close: 106, volume: 18 },
  ]);
  expect(book.candles(0, '1h')?.[0]).toMatchObject({ open: 100, high: 108, close: 106 });
});

test('weeks begin on Mondays', () => {
  const book = new CandleBook(1);
  for (const day of [0, 1, 6, 7]) {
    book.record(at(day * 1_440), Float64Array.of(100 + day), Float64Array.of(1));
  }
  expect(book.candles(0, '1W')?.map((bar) => bar.at)).toEqual([at(0), at(7 * 1_440)]);
  expect(new Date(at(0)).getUTCDay()).toBe(1);
});

test('only the newest bars are kept', () => {
  const book = new CandleBook(1);
  for (let minute = 0; minute < 5_000; minute += 1) {
    book.record(at(minute), Float64Array.of(minute), Float64Array.of(1));
  }
  const bars = book.candles(0, '1m') ?? [];
  expect(bars.length).toBeLessThan(2_000);
  expect(bars.at(-1)?.at).toBe(at(4_999));
  expect(bars[0]?.at).toBe(at(5_000 - bars.length));
});

test('a time frame the venue does not have is none', () => {
  expect(new CandleBook(1).candles(0, '2m')).toBeUndefined();
  expect(new CandleBook(1).candles(0, 'constructor')).toBeUndefined();
});

test('shocks under way are limited', () => {
  const shocks = new Shocks(1);
  let taken = 0;
  while (taken < 5_000 && shocks.add(0, 0.01, 10)) taken += 1;
  expect(taken).toBe(1_000);
});

test('a copy has the same candles and goes its own way', () => {
  const book = new CandleBook(1);
  for (const minute of [0, 1, 2]) book.record(at(minute), Float64Array.of(100), Float64Array.of(1));
  const copy = book.copy();
  expect(copy.candles(0, '1D')).toEqual(book.candles(0, '1D'));
  expect(copy.candles(0, '1m')).toHaveLength(3);
  book.record(at(3), Float64Array.of(120), Float64Array.of(1));
  expect(copy.candles(0, '1m')).toHaveLength(3);
  expect(copy.candles(0, '1D')?.[0]?.high).toBe(100);
});
