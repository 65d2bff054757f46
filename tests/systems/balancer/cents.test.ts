import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Decimal } from '../../../src/core/decimal.ts';
import {
  centsDown,
  centsFrom,
  centsUp,
  centsUpTo,
  decimalOfCents,
  exactSum,
} from '../../../src/systems/balancer/cents.ts';

describe('cents', () => {
  test('are rounded in the direction asked for', () => {
    expect([centsUp(1.231), centsDown(1.239)]).toEqual([1.24, 1.23]);
    expect([centsUp(1.23), centsDown(1.23)]).toEqual([1.23, 1.23]);
  });

  test('ignore binary noise in what was computed', () => {
    expect(centsDown(1_199.9999999)).toBe(1_200);
    expect(centsUp(0.1 + 0.2)).toBe(0.3);
  });

  test('respect the eighth place of what the venue stated', () => {
    expect(centsFrom(24.92000001)).toBe(24.93);
    expect(centsUpTo(24.91999999)).toBe(24.91);
    expect(centsUpTo(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  });

  test('become the very decimal that their text is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e13 }), (cents) => {
        expect(decimalOfCents(cents / 100).toFixed(2)).toBe(new Decimal(cents).div(100).toFixed(2));
      }),
    );
    expect(decimalOfCents(0.07).toFixed()).toBe('0.07');
  });

  test('add up exactly, as decimals would', () => {
    const amount = fc.integer({ min: -1e15, max: 1e15 }).map((units) => units / 1e8);
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 1_000 }), (amounts) => {
        const exact = amounts.reduce((sum, usd) => sum.plus(usd), new Decimal(0));
        expect(exactSum(amounts).toFixed()).toBe(exact.toFixed());
      }),
    );
  });

  test('read as decimals have two places and stay within a cent, for any amount', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e8, noNaN: true }), (usd) => {
        for (const rounded of [centsUp(usd), centsDown(usd), centsFrom(usd), centsUpTo(usd)]) {
          expect(new Decimal(rounded).decimalPlaces()).toBeLessThanOrEqual(2);
          expect(Math.abs(rounded - usd)).toBeLessThan(0.01 + 1e-7);
        }
        expect(centsUp(usd)).toBeGreaterThanOrEqual(usd - 1e-6);
        expect(centsDown(usd)).toBeLessThanOrEqual(usd + 1e-6);
      }),
      { numRuns: 2_000 },
    );
  });
});
