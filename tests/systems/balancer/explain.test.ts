import { describe, expect, test } from 'vitest';
import { explainTarget } from '../../../src/systems/balancer/explain.ts';
import { makeBook, makeSettings, symbolOf } from './make.ts';

const book = makeBook(100, { mark: 95, weight: 2 }, { name: 'BBB', mark: 140 });
const BBB = symbolOf('BBB');

describe('the explanation of a target', () => {
  test('carries every number of the formula, which can be redone by hand', () => {
    const why = explainTarget(book, symbolOf('AAA'), makeSettings());
    expect(why).toMatchObject({
      mode: 'equal_distance',
      poolUsd: 2_100,
      freeUsd: 100,
      triage: false,
      notionalUsd: 9_500,
      weight: 2,
      share: 19_000 / 33_000,
      unrealizedPnlUsd: -500,
      closingEquityUsd: 100,
      collateralUsd: 1_000,
      bound: 'none',
    });
    // The winner stays at its minimum of 200, so 1,900 are left: 1,300 of room on 19,000.
    expect(why?.targetUsd).toBeCloseTo(1_900, 6);
    expect(why?.level).toBeCloseTo(1_300 / 19_000, 9);
    expect(why?.unboundedUsd).toBeCloseTo(1_900, 6);
    expect(why?.distance).toBeCloseTo(400 / 9_500, 12);
    expect(why?.distanceAtTarget).toBeCloseTo(1_300 / 9_500, 9);
  });

  test('says which bound held the target back, and what the formula wanted', () => {
    const why = explainTarget(book, BBB, makeSettings());
    expect(why).toMatchObject({ bound: 'min', targetUsd: 200 });
    expect(why?.unboundedUsd).toBeLessThan(0);
  });

  test('of the plain formula is the pool times the share', () => {
    const byWeight = makeSettings({ allocation: { mode: 'risk_weight' } });
    const why = explainTarget(book, BBB, byWeight);
    expect(why?.targetUsd).toBeCloseTo((2_100 * 14_000) / 33_000, 6);
    expect(why?.unboundedUsd).toBeCloseTo(why?.targetUsd ?? 0, 6);
  });

  test('is none for a position that is not held', () => {
    expect(explainTarget(book, symbolOf('ZZZ'), makeSettings())).toBeNull();
  });
});
