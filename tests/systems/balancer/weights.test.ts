import { describe, expect, test } from 'vitest';
import { InvariantError } from '../../../src/core/errors.ts';
import { measuredWeight, resolveWeights } from '../../../src/systems/balancer/weights.ts';
import { symbolOf } from './make.ts';

describe('measured weight', () => {
  test('is the ratio of the deviations of daily returns', () => {
    // Returns +10 %, −10 % against +5 %, −5 %: exactly twice the deviation.
    expect(measuredWeight([100, 110, 99], [100, 105, 99.75])).toBeCloseTo(2, 12);
    expect(measuredWeight([1, 1.1, 0.99], [1, 1.1, 0.99])).toBe(1);
  });

  test('does not depend on the price level', () => {
    const closes = [3, 3.3, 3.1, 3.5, 3.2];
    const btc = [30_000, 31_000, 30_500, 32_000, 31_900];
    const times = (factor: number) => closes.map((close) => close * factor);
    const weight = measuredWeight(closes, btc);
    expect(measuredWeight(times(1_000), btc)).toBeCloseTo(weight ?? 0, 10);
  });

  test('of a young pair uses the days it shares with BTC, the latest ones', () => {
    const btc = [100, 200, 100, 105, 99.75];
    expect(measuredWeight([100, 110, 99], btc)).toBeCloseTo(2, 12);
  });

  test('is unknown where there is too little to measure', () => {
    const btc = [100, 105, 99];
    expect(measuredWeight([], btc)).toBeNull();
    expect(measuredWeight([100, 101], btc)).toBeNull();
    expect(measuredWeight([100, 101, 99], [100, 100, 100])).toBeNull();
    expect(measuredWeight([100, 0, 99], btc)).toBeNull();
    expect(measuredWeight([100, Number.NaN, 99], btc)).toBeNull();
  });

  test('stays within sane bounds for a pegged or a broken market', () => {
    expect(measuredWeight([1, 1, 1], [100, 105, 99])).toBe(0.1);
    expect(measuredWeight([1, 900, 1], [100, 100.1, 100])).toBe(20);
  });
});

describe('resolved weights', () => {
  const [a, b, c, d] = ['AAA', 'BBB', 'CCC', 'DDD'].map(symbolOf) as [
    ReturnType<typeof symbolOf>,
    ReturnType<typeof symbolOf>,
    ReturnType<typeof symbolOf>,
    ReturnType<typeof symbolOf>,
  ];

  test('come from settings, else measuring, else memory, else are 1 and say so', () => {
    const measured = new Map([
      [a, 9],
      [b, 2.5],
    ]);
    const known = new Map([
      [a, 8],
      [b, 8],
      [c, 3],
    ]);
    const resolved = resolveWeights([a, b, c, d], { [a]: 1.5 }, measured, known);
    expect([...resolved]).toEqual([
      [a, { weight: 1.5, source: 'configured' }],
      [b, { weight: 2.5, source: 'measured' }],
      [c, { weight: 3, source: 'stale' }],
      [d, { weight: 1, source: 'default' }],
    ]);
  });

  test('refuse a weight that is not above zero', () => {
    expect(() => resolveWeights([a], {}, new Map([[a, 0]]), new Map())).toThrow(InvariantError);
    expect(() => resolveWeights([a], { [a]: Number.NaN }, new Map(), new Map())).toThrow(/weight/);
  });
});
