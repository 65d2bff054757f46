import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planHarvest } from '../../../src/systems/balancer/harvest.ts';
import { unrealizedPnlUsd } from '../../../src/systems/balancer/model.ts';
import { arbitraryBook, makeBook, makeSettings, symbolOf } from './make.ts';

const roll = makeSettings({ harvest: { mode: 'roll' } });
const reduce = makeSettings({ harvest: { mode: 'reduce' } });

/** A long that lost 800 of its 1,000, and a short whose profit of 2,000 cannot help it. */
const LOSER = { name: 'LLL', mark: 92 };
const WINNER = { name: 'WWW', side: 'short' as const, mark: 80, collateral: 100, min: 0 };
const thin = makeBook(0, LOSER, WINNER);

describe('locked profit', () => {
  test('is left alone while it is switched off, which is the default', () => {
    expect(planHarvest(thin, makeSettings())).toBeNull();
  });

  test('is left alone while collateral suffices', () => {
    expect(planHarvest(makeBook(5_000, LOSER, WINNER), roll)).toBeNull();
  });

  test('is rolled when collateral runs out: the same size again, its profit free', () => {
    const plan = planHarvest(thin, roll);
    const [move] = plan?.moves ?? [];
    expect(plan?.moves).toHaveLength(1);
    expect(move).toMatchObject({ symbol: symbolOf('WWW'), side: 'short' });
    expect(move?.quantity.eq(100)).toBe(true);
    expect(move?.realizesUsd.toNumber()).toBe(2_000);
    // 0.165 % of 8,000, twice.
    expect(move?.costUsd.toNumber()).toBe(26.4);
    expect(plan?.evenAfter).toBeGreaterThan((plan?.evenBefore ?? 1) * 2);
  });

  test('what is opened again has the even distance, and the account can pay it', () => {
    const plan = planHarvest(thin, roll);
    const [move] = plan?.moves ?? [];
    const margin = move?.collateralUsd.toNumber() ?? 0;
    // Maintenance of 80, and the even distance on 8,000.
    expect(margin).toBeGreaterThan(80 + 8_000 * (plan?.evenBefore ?? 0));
    expect(margin).toBeLessThan(100 + 2_000 - 26.4);
  });

  test('is rolled in part where the share is capped: entry and collateral are averaged', () => {
    const whole = planHarvest(thin, roll);
    const part = planHarvest(thin, roll, 25);
    const [move] = part?.moves ?? [];
    expect(move?.quantity.toNumber()).toBe(25);
    expect(move?.realizesUsd.toNumber()).toBe(500);
    expect(move?.costUsd.toNumber()).toBe(6.6);
    const all = whole?.moves[0]?.collateralUsd.toNumber() ?? 0;
    expect(move?.collateralUsd.toNumber()).toBeCloseTo(all / 4, 1);
    expect(part?.evenAfter).toBeGreaterThan(part?.evenBefore ?? 1);
    expect(part?.evenAfter).toBeLessThan(whole?.evenAfter ?? 0);
  });

  test('is rolled at the lowest priority first, for a roll that fails is a reduction', () => {
    const low = { ...WINNER, name: 'VVV', mark: 85, priority: 10 };
    const plan = planHarvest(makeBook(0, LOSER, WINNER, low), roll);
    expect(plan?.moves[0]?.symbol).toBe(symbolOf('VVV'));
  });

  test('a reduction closes no more than the cap, lowest priority first, and opens nothing', () => {
    const other = { ...WINNER, name: 'VVV', mark: 85, priority: 10 };
    const plan = planHarvest(makeBook(0, LOSER, WINNER, other), reduce);
    expect(plan?.moves.map(({ symbol }) => symbol)).toEqual([symbolOf('VVV')]);
    for (const move of plan?.moves ?? []) {
      expect(move.quantity.toNumber()).toBe(25);
      expect(move.collateralUsd.isZero()).toBe(true);
    }
  });

  test('a profit that barely pays the fees is not realised', () => {
    const small = { ...WINNER, mark: 98.9 };
    expect(planHarvest(makeBook(0, LOSER, small), roll)).toBeNull();
  });

  test('a position with a write under way is left alone', () => {
    const pinned = { ...WINNER, min: 100, max: 100 };
    expect(planHarvest(makeBook(0, LOSER, pinned), roll)).toBeNull();
  });
});

test('whatever the book: only winners, never more than is held, and never a shorter reach', () => {
  // A line this high is met often.
  const keen = (['roll', 'reduce'] as const).map((mode) =>
    makeSettings({ harvest: { mode, below_distance_pct: 40 } }),
  );
  const caps = fc.constantFrom(10, 25, 60, 100);
  let planned = 0;
  fc.assert(
    fc.property(arbitraryBook(), fc.constantFrom(...keen), caps, (book, settings, capPct) => {
      const plan = planHarvest(book, settings, capPct);
      if (!plan) return;
      planned += 1;
      for (const move of plan.moves) {
        const leg = book.legs.find(({ symbol }) => symbol === move.symbol);
        if (!leg) throw new RangeError('expected a position of the book');
        expect(unrealizedPnlUsd(leg)).toBeGreaterThan(0);
        expect(move.quantity.lte(leg.quantityExact)).toBe(true);
        expect(move.realizesUsd.gt(move.costUsd.times(3.9))).toBe(true);
      }
      expect(plan.evenAfter).toBeGreaterThanOrEqual(plan.evenBefore - 1e-9);
    }),
    { numRuns: 1_000 },
  );
  expect(planned).toBeGreaterThan(10);
});
