import { describe, expect, test } from 'vitest';
import { Decimal } from '../../../src/core/decimal.ts';
import { adjustmentOf } from '../../../src/systems/balancer/adjustment.ts';
import { payIncreases } from '../../../src/systems/balancer/increases-from-cash.ts';
import { makeLeg } from './make.ts';

const raise = (name: string, mark: number, toUsd: number) =>
  adjustmentOf(makeLeg({ name, mark }), new Decimal(toUsd));

const far = raise('FAR', 99, 1_100);
const near = raise('NEAR', 93, 1_200);
const middle = raise('MID', 96, 1_050);

const paid = (cash: number | string) =>
  payIncreases([far, near, middle], new Decimal(cash)).map(
    (move) => `${move.symbol.slice(1, -8)} ${move.toUsd}`,
  );

describe('increases paid from the cash that arrived', () => {
  test('go to the smallest distance first', () => {
    expect(paid(350)).toEqual(['NEAR 1200', 'MID 1050', 'FAR 1100']);
  });

  test('shrink at the end when some decreases failed', () => {
    expect(paid(290)).toEqual(['NEAR 1200', 'MID 1050', 'FAR 1040']);
    expect(paid('120.009')).toEqual(['NEAR 1120']);
  });

  test('are none without cash', () => {
    expect(paid(0)).toEqual([]);
    expect(paid(-5)).toEqual([]);
    expect(paid('0.004')).toEqual([]);
  });

  test('carry the rate of the part, not of the whole', () => {
    const [part] = payIncreases([near], new Decimal(100));
    expect(part?.rateAfterPct).toBeCloseTo((400 / 9_300) * 100, 9);
  });
});
