import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  closingEquityUsd,
  type Leg,
  unrealizedPnlUsd,
  weightedDistance,
  weightedNotionalUsd,
  withMark,
} from '../../../src/systems/balancer/model.ts';
import {
  evenDistance,
  reachableTotals,
  replaceLeg,
  type Totals,
  totalsOf,
} from '../../../src/systems/balancer/totals.ts';
import { waterLevel } from '../../../src/systems/balancer/water.ts';
import { arbitraryBook, makeBook, makeLeg } from './make.ts';

function expectClose(actual: Totals, expected: Totals): void {
  for (const [key, value] of Object.entries(expected)) {
    const was = actual[key as keyof Totals];
    if (was === value) continue;
    expect(Math.abs(was - value), key).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(value)));
  }
}

describe('totals', () => {
  test('add up by hand', () => {
    const long = makeLeg({ name: 'AAA', mark: 95, weight: 2 });
    const short = makeLeg({ name: 'BBB', side: 'short', mark: 110, quantity: 10, collateral: 300 });
    expect(totalsOf([long, short])).toMatchObject({
      count: 2,
      collateralUsd: 1_300,
      unrealizedPnlUsd: -600,
      equityUsd: 700,
      maintenanceUsd: 110,
      notionalUsd: 10_600,
      weightedNotionalUsd: 20_100,
    });
  });

  test('kept up to date step by step equal those summed afresh', () => {
    const step = fc.tuple(fc.nat(), fc.double({ min: 0.8, max: 1.2, noNaN: true }));
    fc.assert(
      fc.property(arbitraryBook(), fc.array(step, { maxLength: 30 }), (book, steps) => {
        const legs: Leg[] = [...book.legs];
        const level = reachableTotals(book, 0).lockLevel;
        let totals = totalsOf(legs, level);
        for (const [pick, factor] of steps) {
          const index = pick % legs.length;
          const before = legs[index] as Leg;
          const after = withMark(before, before.markPrice * factor);
          totals = replaceLeg(totals, before, after);
          legs[index] = after;
        }
        expectClose(totals, totalsOf(legs, level));
      }),
      { numRuns: 1_000 },
    );
  });

  test('take positions in and out', () => {
    const [first, second] = [makeLeg(), makeLeg({ name: 'BBB', mark: 104 })];
    const grown = replaceLeg(totalsOf([first]), null, second);
    expectClose(grown, totalsOf([first, second]));
    expectClose(replaceLeg(grown, first, null), totalsOf([second]));
  });
});

describe('even distance', () => {
  test('is B over the sum of notional times weight', () => {
    // M = 600 − 100 + 2,000; B = M − 500 of loss − 200 of maintenance; Σ N·w = 9,500 + 20,000.
    const book = makeBook(600, { mark: 95 }, { name: 'BBB', weight: 2 });
    expect(evenDistance(totalsOf(book.legs), 600, 100)).toBeCloseTo(1_800 / 29_500, 12);
  });

  test('is the distance of a single position that gets everything', () => {
    const book = makeBook(500, { mark: 95 });
    // Room 400 of its own and 500 free, on a notional of 9,500.
    expect(evenDistance(reachableTotals(book, 0), 500, 0)).toBeCloseTo(900 / 9_500, 12);
  });

  test('is 0 without positions, and free balance below the reserve counts as none', () => {
    expect(evenDistance(totalsOf([]), 1_000, 0)).toBe(0);
    const totals = totalsOf([makeLeg()]);
    expect(evenDistance(totals, 50, 100)).toBe(evenDistance(totals, 0, 0));
  });

  test('leaves out profit that is locked in its position', () => {
    // The winner keeps at least 200 of collateral and 4,000 of profit: it can give 800, no more.
    const book = makeBook(0, { mark: 92 }, { name: 'BBB', mark: 140 });
    const plain = evenDistance(totalsOf(book.legs), 0, 0);
    const reachable = evenDistance(reachableTotals(book, 0), 0, 0);
    expect(plain).toBeCloseTo((1_000 - 900 + 5_000 - 100) / (9_200 + 14_000), 12);
    expect(reachable).toBeCloseTo((100 + 800) / 9_200, 12);
  });

  test('leaves a position past its liquidation price out: it keeps what it has', () => {
    const book = makeBook(0, { mark: 95 }, { name: 'BBB', mark: 70 });
    expect(evenDistance(reachableTotals(book, 0), 0, 0)).toBeCloseTo(400 / 9_500, 12);
  });

  test('leaves out a position that may not be touched', () => {
    const pinned = { mark: 92, min: 1_000, max: 1_000 };
    const book = makeBook(0, pinned, { name: 'BBB' }, { name: 'CCC' });
    expect(evenDistance(reachableTotals(book, 0), 0, 0)).toBeCloseTo(0.09, 12);
  });

  test('that is reachable is the level of the water, for any book', () => {
    fc.assert(
      fc.property(arbitraryBook(), (book) => {
        const alive = book.legs.filter((leg) => weightedDistance(leg) > 0);
        fc.pre(alive.length > 0);
        const vessels = alive.map((leg) => ({
          base: closingEquityUsd(leg) - unrealizedPnlUsd(leg),
          slope: weightedNotionalUsd(leg),
          low: Math.min(leg.minUsd, leg.collateralUsd),
          high: Number.POSITIVE_INFINITY,
        }));
        const pool = alive.reduce((sum, leg) => sum + leg.collateralUsd, book.availableUsd);
        const reached = evenDistance(reachableTotals(book, 0), book.availableUsd, 0);
        const lows = vessels.reduce((sum, vessel) => sum + vessel.low, 0);
        // With nothing to move, the level is that of the lowest position.
        if (pool - lows < 1e-6) return;
        expect(reached).toBeCloseTo(waterLevel(vessels, pool), 9);
      }),
      { numRuns: 2_000 },
    );
  });

  test('by a set of sharers found earlier is never below the true one', () => {
    const move = fc.double({ min: 0.85, max: 1.15, noNaN: true });
    fc.assert(
      fc.property(arbitraryBook(), fc.array(move, { minLength: 12 }), (book, moves) => {
        const { lockLevel } = reachableTotals(book, 0);
        const moved = book.legs.map((leg, index) =>
          withMark(leg, leg.markPrice * (moves[index] ?? 1)),
        );
        const stale = evenDistance(totalsOf(moved, lockLevel), book.availableUsd, 0);
        const fresh = reachableTotals({ ...book, legs: moved }, 0);
        const gap = stale - evenDistance(fresh, book.availableUsd, 0);
        if (fresh.sharingUsd > 0 && stale !== 0) expect(gap).toBeGreaterThanOrEqual(-1e-9);
      }),
      { numRuns: 1_000 },
    );
  });
});
