import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sumOf, ZERO } from '../../../src/core/decimal.ts';
import {
  type Adjustment,
  applyAdjustments,
  changeUsd,
} from '../../../src/systems/balancer/adjustment.ts';
import type { Book } from '../../../src/systems/balancer/model.ts';
import { decideRebalance } from '../../../src/systems/balancer/rebalance.ts';
import { arbitraryBook, arbitraryMode, EVERY_CENT, makeBook, makeSettings } from './make.ts';

const settings = makeSettings();
const moves = (adjustments: readonly Adjustment[]) =>
  adjustments.map((move) => [move.symbol.slice(1, 2), `${move.fromUsd} → ${move.toUsd}`]);

describe('a rebalance', () => {
  test('moves collateral to the even distance, in whole cents', () => {
    // M = 2,000: B = 1,800 over 20,000, 9 %: see the allocation by hand.
    const book = makeBook(0, { mark: 95 }, { name: 'BBB', mark: 105 });
    const plan = decideRebalance(book, settings);
    expect(moves(plan.adjustments)).toEqual([
      ['B', '1000 → 545'],
      ['A', '1000 → 1455'],
    ]);
    const [decrease, increase] = plan.adjustments;
    expect(increase?.rateBeforePct).toBeCloseTo((500 / 9_500) * 100, 9);
    expect(increase?.rateAfterPct).toBeCloseTo((955 / 9_500) * 100, 9);
    expect(decrease?.distanceBefore).toBeCloseTo(1_400 / 10_500, 9);
    expect(plan.freeBeforeUsd.toNumber()).toBe(0);
    expect(plan.freeAfterUsd.toNumber()).toBe(0);
  });

  test('FR-3 puts decreases before increases: largest first, then the nearest to danger', () => {
    const book = makeBook(
      0,
      { name: 'AAA', collateral: 600 },
      { name: 'BBB', collateral: 1_800 },
      { name: 'CCC', collateral: 400 },
      { name: 'DDD', collateral: 2_200 },
    );
    const order = decideRebalance(book, settings).adjustments.map((move) =>
      move.symbol.slice(1, 4),
    );
    expect(order).toEqual(['DDD', 'BBB', 'CCC', 'AAA']);
  });

  test('FR-4 leaves a move below min_adjustment_usdt alone', () => {
    const book = makeBook(0, { collateral: 951 }, { name: 'BBB', collateral: 1_049 });
    const small = { thresholds: { min_deviation_pct: 0, min_adjustment_usdt: 49.01 } };
    expect(decideRebalance(book, makeSettings(small))).toMatchObject({
      adjustments: [],
      skipped: 2,
    });
    const met = { thresholds: { min_deviation_pct: 0, min_adjustment_usdt: 49 } };
    expect(decideRebalance(book, makeSettings(met)).adjustments).toHaveLength(2);
  });

  test('FR-4 leaves a move below min_deviation_pct of the present collateral alone', () => {
    // 60 is 6.4 % of 940 and 5.7 % of 1,060.
    const book = makeBook(0, { collateral: 940 }, { name: 'BBB', collateral: 1_060 });
    const plan = (min_deviation_pct: number) =>
      decideRebalance(book, makeSettings({ thresholds: { min_deviation_pct } }));
    expect(plan(5).adjustments).toHaveLength(2);
    expect(moves(plan(6).adjustments)).toEqual([]);
    expect(plan(6).skipped).toBe(2);
  });

  test('pays increases only from what arrives: skipped decreases pay nothing', () => {
    // Four give 40 each, which is below the threshold; the fifth would need all of it.
    const giver = { collateral: 1_040 };
    const names = ['BBB', 'CCC', 'DDD', 'EEE'];
    const givers = names.map((name) => ({ name, ...giver }));
    const book = makeBook(70, { collateral: 840 }, ...givers);
    const plan = decideRebalance(book, makeSettings({ thresholds: { min_deviation_pct: 0 } }));
    expect(moves(plan.adjustments)).toEqual([['A', '840 → 910']]);
    expect(plan.freeAfterUsd.toNumber()).toBe(0);
  });

  test('leaves out a part that is not worth a write; a later one may still fit', () => {
    // Only 60 are free: the nearest would get 60 of what it lacks, below the threshold of 100.
    const book = makeBook(
      60,
      { mark: 93, collateral: 1_000 },
      { name: 'BBB', mark: 130, collateral: 900, min: 900 },
    );
    const picky = makeSettings({ thresholds: { min_adjustment_usdt: 100 } });
    expect(decideRebalance(book, picky).adjustments).toEqual([]);
    const easy = makeSettings({ thresholds: { min_adjustment_usdt: 10, min_deviation_pct: 0 } });
    const [part] = decideRebalance(book, easy).adjustments;
    expect(part?.toUsd.toFixed()).toBe('1060');
  });

  test('spends the reserve on nothing', () => {
    const reserved = makeSettings({ allocation: { reserve_usdt: 300 } });
    const plan = decideRebalance(makeBook(500, {}), reserved);
    expect(moves(plan.adjustments)).toEqual([['A', '1000 → 1200']]);
    expect(plan.freeAfterUsd.toNumber()).toBe(300);
  });

  test('never lowers a position to where the emergency path would raise it again', () => {
    // The formula wants 500 for a notional of 9,600 at a loss of 400: a margin rate of 1.04 %.
    const loser = { mark: 96, collateral: 900, maintenanceRate: 0.005 };
    const other = { name: 'BBB', quantity: 200, collateral: 500, maintenanceRate: 0.005 };
    const byWeight = makeSettings({ allocation: { mode: 'risk_weight' } });
    const plan = decideRebalance(makeBook(0, loser, other), byWeight);
    const decrease = plan.adjustments[0];
    expect(decrease?.toUsd.toNumber()).toBe(611.2);
    expect(decrease?.rateAfterPct).toBeCloseTo(2.2, 9);
  });

  test('does not ask for less than the venue’s minimum', () => {
    // 250 are free for one that has 1,000 and must have 1,500 or stay as it is.
    const plan = decideRebalance(makeBook(250, { min: 1_500 }), settings);
    expect(plan).toMatchObject({ adjustments: [], skipped: 1 });
  });

  test('lands on a minimum with fractions of a cent, not below it', () => {
    const book = makeBook(0, { mark: 92 }, { name: 'BBB', mark: 140, min: 200.001 });
    const [decrease] = decideRebalance(book, settings).adjustments;
    expect(decrease?.toUsd.toNumber()).toBe(200.01);
  });

  test('of no positions plans nothing', () => {
    expect(decideRebalance(makeBook(500), settings).adjustments).toEqual([]);
  });
});

describe('for any book and mode, a rebalance', () => {
  function forAnyPlan(check: (book: Book, plan: ReturnType<typeof decideRebalance>) => void) {
    fc.assert(
      fc.property(arbitraryBook(), arbitraryMode, fc.boolean(), (book, mode, isExact) => {
        const allocation = { mode, reserve_usdt: 100 };
        const thresholds = isExact ? EVERY_CENT : {};
        check(book, decideRebalance(book, makeSettings({ allocation, thresholds })));
      }),
      { numRuns: 1_500 },
    );
  }

  test('moves whole cents, never below a minimum nor above a maximum', () => {
    forAnyPlan((book, plan) => {
      for (const move of plan.adjustments) {
        const leg = book.legs.find((candidate) => candidate.symbol === move.symbol);
        expect(move.toUsd.decimalPlaces()).toBeLessThanOrEqual(2);
        expect(move.toUsd.toNumber()).toBeGreaterThanOrEqual(leg?.minUsd ?? Number.NaN);
        const isIncrease = changeUsd(move).gt(ZERO);
        if (isIncrease) expect(move.toUsd.toNumber()).toBeLessThanOrEqual(leg?.maxUsd ?? 0);
      }
    });
  });

  test('costs no more than what is free above the reserve and what it releases', () => {
    forAnyPlan((book, plan) => {
      const change = sumOf(plan.adjustments.map(changeUsd));
      expect(plan.freeAfterUsd.eq(book.availableExact.minus(change))).toBe(true);
      const floor = Math.min(100, book.availableUsd);
      expect(plan.freeAfterUsd.toNumber()).toBeGreaterThanOrEqual(floor);
    });
  });

  test('once applied leaves nothing worth a write', () => {
    fc.assert(
      fc.property(arbitraryBook(), arbitraryMode, (book, mode) => {
        const thresholds = { min_adjustment_usdt: 1, min_deviation_pct: 0 };
        const exact = makeSettings({ thresholds, allocation: { mode } });
        const after = applyAdjustments(book, decideRebalance(book, exact).adjustments);
        const next = decideRebalance(after, exact).adjustments;
        // Only cash freed by decreases whose increases were not worth a write may still go out.
        for (const move of next) expect(changeUsd(move).gt(ZERO)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
