import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InvariantError } from '../../../src/core/errors.ts';
import { contentAt, type Vessel, waterLevel } from '../../../src/systems/balancer/water.ts';

const vessel = (base: number, slope: number, low: number, high = Number.POSITIVE_INFINITY) => ({
  base,
  slope,
  low,
  high,
});

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const arbitraryVessel: fc.Arbitrary<Vessel> = fc
  .tuple(number(-500, 500), number(0.1, 100), number(0, 100), fc.option(number(0, 500)))
  .map(([base, slope, low, extra]) =>
    vessel(base, slope, low, extra === null ? Number.POSITIVE_INFINITY : low + extra),
  );

const held = (vessels: readonly Vessel[], level: number) =>
  vessels.reduce((sum, each) => sum + contentAt(each, level), 0);

describe('water level', () => {
  test('shares by slope when nothing is bounded', () => {
    expect(waterLevel([vessel(0, 1, 0), vessel(0, 3, 0)], 100)).toBe(25);
  });

  test('shares out among the rest what a ceiling frees and a floor takes', () => {
    // Ceiling 10 frees 15 of 25, floor 40 takes 15 of 25: the other two get 25 each.
    const vessels = [vessel(0, 1, 0, 10), vessel(0, 1, 40), vessel(0, 1, 0), vessel(0, 1, 0)];
    expect(waterLevel(vessels, 100)).toBe(25);
  });

  test('is infinite when all are full', () => {
    const vessels = [vessel(0, 1, 0, 10), vessel(0, 1, 0, 20)];
    expect(waterLevel(vessels, 30)).toBe(Number.POSITIVE_INFINITY);
    expect(contentAt(vessel(0, 1, 0, 10), Number.POSITIVE_INFINITY)).toBe(10);
  });

  test('refuses floors that exceed the amount', () => {
    expect(() => waterLevel([vessel(0, 1, 60), vessel(0, 1, 60)], 100)).toThrow(InvariantError);
  });

  test('holds exactly the amount, for any vessels', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryVessel, { minLength: 1, maxLength: 30 }),
        number(0, 1),
        (vessels, part) => {
          const lows = vessels.reduce((sum, each) => sum + each.low, 0);
          const highs = vessels.reduce((sum, each) => sum + each.high, 0);
          const amount = lows + part * (Math.min(highs, 1e5) - lows);
          const level = waterLevel(vessels, amount);
          const total = held(vessels, level);
          expect(Math.abs(total - amount)).toBeLessThanOrEqual(1e-8 * (1 + amount));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('with a floor and a ceiling at the same place leaves a vessel alone', () => {
    const vessels = [vessel(0, 1, 30, 30), vessel(0, 1, 0)];
    expect(waterLevel(vessels, 100)).toBe(70);
  });
});
