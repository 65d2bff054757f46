/** A fast fall asks for more margin, and so reductions begin while there is time for them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  needUsd,
  planDeleverage,
  unrealizedPnlUsd,
  withFall,
} from '../../../src/systems/balancer/index.ts';
import { bookOf, makeLeg, makeSettings } from './make.ts';

const settings = makeSettings();

describe('what a falling position should keep', () => {
  // 9,200 of notional, a maintenance of 100 and three times that wanted, a loss of 800.
  const leg = makeLeg({ mark: 92, collateral: 1_150 });

  test('is its maintenance and three more such falls', () => {
    expect(needUsd(withFall(leg, 2, settings), settings)).toBeCloseTo(100 + 3 * 184 + 800, 9);
  });

  test('is the multiple of maintenance while the fall is small, and again after it', () => {
    expect(withFall(leg, 0.7, settings)).toBe(leg);
    expect(needUsd(leg, settings)).toBeCloseTo(300 + 800, 9);
    const after = withFall(withFall(leg, 2, settings), 0, settings);
    expect(needUsd(after, settings)).toBeCloseTo(300 + 800, 9);
  });

  test('leaves room for as many such minutes as the settings say, or for none', () => {
    const withMinutes = (minutes: number) => {
      const base = makeSettings();
      return { ...base, liquidation: { ...base.liquidation, fall_minutes: minutes } };
    };
    const two = withMinutes(2);
    expect(needUsd(withFall(leg, 2, two), two)).toBeCloseTo(100 + 2 * 184 + 800, 9);
    expect(withFall(leg, 50, withMinutes(0))).toBe(leg);
  });

  test('is never less for a larger fall, and never less than without one', () => {
    const fall = fc.double({ min: 0, max: 60, noNaN: true });
    fc.assert(
      fc.property(fall, fall, (a, b) => {
        const small = needUsd(withFall(leg, Math.min(a, b), settings), settings);
        const large = needUsd(withFall(leg, Math.max(a, b), settings), settings);
        expect(small).toBeGreaterThanOrEqual(needUsd(leg, settings));
        expect(large).toBeGreaterThanOrEqual(small);
      }),
    );
  });
});

test('reductions begin with the fall, before the ordinary margin is touched', () => {
  const calm = makeLeg({ mark: 92, collateral: 1_150 });
  expect(planDeleverage(bookOf(0, [calm]), settings)).toBeNull();
  const falling = withFall(calm, 2, settings);
  const plan = planDeleverage(bookOf(0, [falling]), settings);
  expect(plan?.shortfallUsd.toNumber()).toBeCloseTo(1_452 - 1_150, 2);
  expect(plan?.reductions).toHaveLength(1);
  expect(plan?.reductions[0]?.sharePct).toBeLessThanOrEqual(25);
});

test('profit that pays for the fall is counted', () => {
  const winner = makeLeg({ mark: 130, collateral: 300 });
  const falling = withFall(winner, 2, settings);
  expect(unrealizedPnlUsd(falling)).toBe(3_000);
  expect(needUsd(falling, settings)).toBe(needUsd(winner, settings));
});
