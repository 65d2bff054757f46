import { describe, expect, test } from 'vitest';
import { InvariantError } from '../../../src/core/errors.ts';
import { allocate, allocation, poolUsd } from '../../../src/systems/balancer/allocate.ts';
import type { Book } from '../../../src/systems/balancer/model.ts';
import { makeBook, makeSettings } from './make.ts';

const byWeight = makeSettings({ allocation: { mode: 'risk_weight' } });
const evenly = makeSettings();

const amounts = (book: Book, settings = evenly) =>
  allocate(book, settings).map((target) => Math.round(target.collateralUsd * 1e4) / 1e4);

describe('risk_weight', () => {
  test('gives each position its share of notional times weight', () => {
    // Notional × weight: 10,000 · 1, 10,000 · 3; the pool is 2,000 + 400.
    const book = makeBook(400, {}, { name: 'BBB', weight: 3 });
    expect(amounts(book, byWeight)).toEqual([600, 1_800]);
  });

  test('does not look at profit and loss, except through the notional', () => {
    const book = makeBook(0, { mark: 95 }, { name: 'BBB', mark: 105 });
    expect(amounts(book, byWeight)).toEqual([950, 1_050]);
  });

  test('shares out what a maximum frees and a minimum takes', () => {
    // Shares of 800 each: 500 at the maximum frees 300, 900 at the minimum takes 100.
    const book = makeBook(0, { max: 500 }, { name: 'BBB', min: 900 }, { name: 'CCC' });
    const spread = { ...book, availableUsd: 0 };
    expect(amounts(spread, byWeight)).toEqual([500, 1_250, 1_250]);
    const tight = makeBook(
      0,
      { max: 500, collateral: 800 },
      { name: 'BBB', min: 1_000, collateral: 800 },
      { name: 'CCC', collateral: 800 },
    );
    expect(amounts(tight, byWeight)).toEqual([500, 1_000, 900]);
  });
});

describe('equal_distance', () => {
  test('puts all at the same weighted distance', () => {
    // M = 2,000, uPnL −500 and +500, maintenance 100 each: B = 1,800 over 9,500 + 10,500.
    const book = makeBook(0, { mark: 95 }, { name: 'BBB', mark: 105 });
    const level = 1_800 / 20_000;
    expect(amounts(book)).toEqual([100 + 9_500 * level + 500, 100 + 10_500 * level - 500]);
  });

  test('gives twice the distance to twice the weight', () => {
    const book = makeBook(0, {}, { name: 'BBB', weight: 2 });
    // B = 1,800 over 30,000: 6 % and 12 % of 10,000, each above 100 of maintenance.
    expect(amounts(book)).toEqual([700, 1_300]);
  });

  test('never takes a winner below its minimum: its profit cannot be lent', () => {
    const book = makeBook(0, { mark: 92 }, { name: 'BBB', mark: 140 });
    expect(allocate(book, evenly)).toMatchObject([
      { collateralUsd: expect.closeTo(1_800, 6), bound: 'none' },
      { collateralUsd: 200, bound: 'min' },
    ]);
  });

  test('gives a single position the whole pool, up to its maximum', () => {
    expect(amounts(makeBook(500, {}))).toEqual([1_500]);
    expect(amounts(makeBook(500, { max: 1_200 }))).toEqual([1_200]);
  });
});

describe('pool', () => {
  test('is collateral and free balance above the reserve, never less than collateral', () => {
    const settings = makeSettings({ allocation: { reserve_usdt: 300 } });
    expect(poolUsd(makeBook(500, {}), settings)).toBe(1_200);
    expect(poolUsd(makeBook(200, {}), settings)).toBe(1_000);
    expect(poolUsd(makeBook(-50, {}), settings)).toBe(1_000);
  });

  test('without positions allocates nothing', () => {
    expect(allocation(makeBook(500), evenly)).toMatchObject({ poolUsd: 500, targets: [] });
  });

  test('of nothing leaves nothing, without a number that is none', () => {
    const book = makeBook(0, { collateral: 0, min: 0 }, { name: 'BBB', collateral: 0, min: 0 });
    expect(amounts(book)).toEqual([0, 0]);
    expect(amounts(book, byWeight)).toEqual([0, 0]);
  });
});

describe('when the pool cannot hold everybody', () => {
  test('positions below their minimum need not reach it, and the sum stays in the pool', () => {
    const short = { min: 1_500, collateral: 1_000 };
    const book = makeBook(100, short, { name: 'BBB', ...short });
    expect(amounts(book)).toEqual([1_050, 1_050]);
    expect(amounts(book, byWeight)).toEqual([1_050, 1_050]);
  });

  test('one past its liquidation price keeps what it has, the others are levelled', () => {
    const book = makeBook(
      0,
      { name: 'DEAD', mark: 70 },
      { name: 'BBB', mark: 95 },
      { name: 'CCC', mark: 95, collateral: 1_400 },
    );
    const result = allocation(book, evenly);
    expect(result.triage).toBe(true);
    expect(result.targets.map((target) => target.bound)).toEqual(['kept', 'none', 'none']);
    expect(amounts(book)).toEqual([1_000, 1_200, 1_200]);
  });

  test('free balance brings back the highest priority first', () => {
    // Both lack 100; 150 is free.
    const past = { mark: 90 };
    const book = makeBook(
      150,
      { name: 'LOW', ...past, priority: 10 },
      { name: 'HIGH', ...past, priority: 90 },
    );
    expect(allocate(book, evenly)).toMatchObject([
      { collateralUsd: 1_000, bound: 'kept' },
      { collateralUsd: expect.closeTo(1_150, 6), bound: 'none' },
    ]);
  });

  test('negative equity everywhere changes nothing', () => {
    const book = makeBook(0, { mark: 50 }, { name: 'BBB', mark: 60 });
    expect(amounts(book)).toEqual([1_000, 1_000]);
  });
});

test('an absurd mark stops the allocation', () => {
  expect(() => allocate(makeBook(0, { mark: Number.NaN }), evenly)).toThrow(InvariantError);
});
