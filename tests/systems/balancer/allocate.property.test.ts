import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Decimal } from '../../../src/core/decimal.ts';
import { type Allocation, allocation } from '../../../src/systems/balancer/allocate.ts';
import {
  type Book,
  type Leg,
  roomUsd,
  weightedDistance,
  withCollateral,
} from '../../../src/systems/balancer/model.ts';
import { arbitraryBook, arbitraryMode, bookOf, makeSettings } from './make.ts';

const RUNS = { numRuns: 1_500 };

function forAnyBook(check: (book: Book, result: Allocation, again: Again) => void): void {
  fc.assert(
    fc.property(arbitraryBook(), arbitraryMode, (book, mode) => {
      const settings = makeSettings({ allocation: { mode, reserve_usdt: 100 } });
      const again = (other: Book) => allocation(other, settings);
      check(book, again(book), again);
    }),
    RUNS,
  );
}

type Again = (book: Book) => Allocation;

const sumOfTargets = (result: Allocation) =>
  result.targets.reduce((sum, target) => sum + target.collateralUsd, 0);

function applied(book: Book, result: Allocation): Book {
  const legs = book.legs.map((leg, index) =>
    withCollateral(leg, new Decimal(result.targets[index]?.collateralUsd ?? leg.collateralUsd)),
  );
  const before = book.legs.reduce((sum, leg) => sum + leg.collateralUsd, 0);
  return bookOf(book.availableUsd + before - sumOfTargets(result), legs);
}

function expectSame(left: Allocation, right: Allocation, factor = 1): void {
  left.targets.forEach((target, index) => {
    const other = right.targets[index]?.collateralUsd ?? Number.NaN;
    const gap = Math.abs(target.collateralUsd * factor - other);
    expect(gap).toBeLessThanOrEqual(1e-7 * (1 + Math.abs(other)));
  });
}

describe('an allocation, for any book and mode,', () => {
  test('never sums up to more than the pool', () => {
    forAnyBook((_, result) => {
      expect(sumOfTargets(result)).toBeLessThanOrEqual(result.poolUsd);
    });
  });

  test('uses the whole pool unless maximums hold it back', () => {
    forAnyBook((_, result) => {
      if (result.targets.every((target) => target.bound === 'max' || target.bound === 'kept'))
        return;
      if (result.triage) return;
      expect(sumOfTargets(result)).toBeGreaterThanOrEqual(result.poolUsd * (1 - 1e-9));
    });
  });

  test('keeps every target within its bounds, or where it was when they cannot all hold', () => {
    forAnyBook((book, result) => {
      book.legs.forEach((leg, index) => {
        const target = result.targets[index]?.collateralUsd ?? Number.NaN;
        const low = result.triage ? Math.min(leg.minUsd, leg.collateralUsd) : leg.minUsd;
        const high = result.triage ? Math.max(leg.maxUsd, leg.collateralUsd) : leg.maxUsd;
        expect(target).toBeGreaterThanOrEqual(low * (1 - 1e-12));
        expect(target).toBeLessThanOrEqual(Math.max(low, high) * (1 + 1e-12));
      });
    });
  });

  test('is the same once applied', () => {
    forAnyBook((book, result, again) => {
      expectSame(result, again(applied(book, result)));
    });
  });

  test('does not depend on the order of the positions, to the last bit', () => {
    forAnyBook((book, result, again) => {
      const turned = again({ ...book, legs: [...book.legs].reverse() });
      expect([...turned.targets].reverse()).toEqual(result.targets);
    });
  });

  test('grows with the account', () => {
    fc.assert(
      fc.property(
        arbitraryBook(),
        arbitraryMode,
        fc.integer({ min: 2, max: 50 }),
        (book, mode, k) => {
          const settings = (reserve_usdt: number) =>
            makeSettings({ allocation: { mode, reserve_usdt } });
          const grown = bookOf(
            book.availableUsd * k,
            book.legs.map((leg) => timesSize(leg, k)),
          );
          const small = allocation(book, settings(100));
          expectSame(small, allocation(grown, settings(100 * k)), k);
        },
      ),
      RUNS,
    );
  });

  test('by equal distance puts all that no bound holds back at one weighted distance', () => {
    fc.assert(
      fc.property(arbitraryBook(), (book) => {
        const result = allocation(book, makeSettings());
        const after = applied(book, result);
        after.legs.forEach((leg, index) => {
          const bound = result.targets[index]?.bound;
          if (bound === 'none') expect(weightedDistance(leg)).toBeCloseTo(result.level, 7);
          if (bound === 'min') expect(weightedDistance(leg)).toBeGreaterThan(result.level - 1e-9);
          if (bound === 'max') expect(weightedDistance(leg)).toBeLessThan(result.level + 1e-9);
        });
      }),
      RUNS,
    );
  });

  test('by equal distance sends nobody past its liquidation price', () => {
    fc.assert(
      fc.property(arbitraryBook(), (book) => {
        const after = applied(book, allocation(book, makeSettings()));
        after.legs.forEach((leg, index) => {
          const before = book.legs[index] as Leg;
          const limit = Math.min(0, roomUsd(before)) - 1e-6;
          // A venue's own maximum below what keeps it alive is the venue's to answer for.
          if (leg.collateralUsd < leg.maxUsd) expect(roomUsd(leg)).toBeGreaterThanOrEqual(limit);
        });
      }),
      RUNS,
    );
  });
});

function timesSize(leg: Leg, factor: number): Leg {
  return {
    ...leg,
    quantity: leg.quantity * factor,
    collateralUsd: leg.collateralUsd * factor,
    collateralExact: leg.collateralExact.times(factor),
    minUsd: leg.minUsd * factor,
    maxUsd: leg.maxUsd * factor,
  };
}
