import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvariantError } from '../../../src/core/errors.ts';
import { createMarkWindow, movedPct, recordMark } from '../../../src/systems/balancer/spike.ts';

const START = 1_800_000_000_000;

function windowOf(...marks: readonly (readonly [second: number, price: number])[]) {
  const window = createMarkWindow();
  for (const [second, price] of marks) recordMark(window, price, START + second * 1_000);
  return window;
}

describe('FR-6 the move inside a rolling minute', () => {
  test('is measured from the highest price when falling, from the lowest when rising', () => {
    const fallen = windowOf([0, 100], [10, 102], [20, 98.94]);
    expect(movedPct(fallen, START + 20_000)).toBeCloseTo(3, 9);
    const risen = windowOf([0, 100], [10, 98], [20, 100.94]);
    expect(movedPct(risen, START + 20_000)).toBeCloseTo(3, 9);
  });

  test('adds up small steps: no single tick needs to be large', () => {
    const steps = Array.from({ length: 31 }, (_, i) => [i, 100 - i / 10] as const);
    expect(movedPct(windowOf(...steps), START + 30_000)).toBeCloseTo(3, 9);
  });

  test('forgets prices of more than a minute ago', () => {
    const window = windowOf([0, 110], [70, 100], [75, 101]);
    expect(movedPct(window, START + 75_000)).toBeCloseTo(1, 9);
    expect(movedPct(window, START + 200_000)).toBe(0);
  });

  test('is 0 before the first mark and with one price', () => {
    expect(movedPct(createMarkWindow(), START)).toBe(0);
    expect(movedPct(windowOf([0, 100]), START)).toBe(0);
  });

  test('takes a late mark into its second, without making it the newest', () => {
    const window = windowOf([0, 100], [5, 101], [2, 104]);
    expect(movedPct(window, START + 5_000)).toBeCloseTo((3 / 104) * 100, 9);
    recordMark(window, 500, START - 61_000);
    expect(movedPct(window, START + 5_000)).toBeCloseTo((3 / 104) * 100, 9);
  });

  test('refuses a price that is none', () => {
    for (const price of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => recordMark(createMarkWindow(), price, START)).toThrow(InvariantError);
    }
  });

  test('equals a search through all marks of the minute, for any marks', () => {
    const mark = fc.tuple(
      fc.integer({ min: 0, max: 90_000 }),
      fc.double({ min: 90, max: 110, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(mark, { minLength: 1, maxLength: 80 }), (raw) => {
        const marks = [...raw].sort((a, b) => a[0] - b[0]);
        const window = createMarkWindow();
        for (const [at, price] of marks) recordMark(window, price, START + at);
        const [lastAt, last] = marks.at(-1) ?? [0, 0];
        const since = Math.floor(lastAt / 1_000) - 60;
        const recent = marks.filter(([at]) => Math.floor(at / 1_000) >= since);
        const moves = recent.map(([, price]) => Math.abs(last / price - 1) * 100);
        const expected = Math.max(...moves);
        expect(movedPct(window, START + lastAt)).toBeCloseTo(expected, 9);
      }),
      { numRuns: 1_000 },
    );
  });
});
