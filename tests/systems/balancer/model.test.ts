import { describe, expect, test } from 'vitest';
import { Decimal } from '../../../src/core/decimal.ts';
import { InvariantError } from '../../../src/core/errors.ts';
import {
  assertBook,
  assertLeg,
  closingEquityUsd,
  collateralAtRateUsd,
  collateralAtUsd,
  distance,
  liquidationPrice,
  marginRatePct,
  weightedDistance,
  withCollateral,
  withMark,
} from '../../../src/systems/balancer/model.ts';
import { makeBook, makeLeg } from './make.ts';

/** Recorded at the venue: SOL, 5 % initial and 2.5 % maintenance rate. */
const recorded = {
  quantity: 2.5,
  entry: 199.4168,
  collateral: 63.96519761,
  maintenanceRate: 0.025,
};

describe('liquidation price', () => {
  test('of a recorded long position is what the venue said', () => {
    expect(liquidationPrice(makeLeg(recorded))).toBeCloseTo(178.816140956, 6);
  });

  test('of a short mirrors the long around the entry price', () => {
    const price = liquidationPrice(makeLeg({ ...recorded, side: 'short' }));
    expect(price).toBeCloseTo(199.4168 + (199.4168 - 178.816140956), 6);
  });

  test('is the venue’s own where it gives one, and then implies what it counts as lost', () => {
    // 1,000 of collateral, closed at 91.5: 850 are lost by then, so 150 close the position.
    const leg = makeLeg({ liquidationPrice: 91.5 });
    expect(liquidationPrice(leg)).toBe(91.5);
    expect(closingEquityUsd(leg)).toBeCloseTo(150, 9);
  });

  test('is computed when the venue’s is absurd', () => {
    expect(liquidationPrice(makeLeg({ liquidationPrice: 0, collateral: 30_000 }))).toBe(-199);
    expect(liquidationPrice(makeLeg({ liquidationPrice: 40 }))).toBe(91);
  });

  test('moves with the collateral, whoever gave it', () => {
    const own = withCollateral(makeLeg(), new Decimal(1_100));
    expect(liquidationPrice(own)).toBeCloseTo(90, 9);
    const venue = withCollateral(makeLeg({ liquidationPrice: 91.5 }), new Decimal(1_100));
    expect(liquidationPrice(venue)).toBeCloseTo(90.5, 9);
    const short = makeLeg({ side: 'short', liquidationPrice: 108.5 });
    expect(liquidationPrice(withCollateral(short, new Decimal(1_100)))).toBeCloseTo(109.5, 9);
  });
});

describe('distance', () => {
  test('is the way to liquidation as a share of the mark, and 0 beyond it', () => {
    expect(distance(makeLeg({ mark: 95 }))).toBeCloseTo(4 / 95, 12);
    expect(distance(makeLeg({ mark: 91 }))).toBe(0);
    expect(distance(makeLeg({ mark: 80 }))).toBe(0);
    expect(weightedDistance(makeLeg({ mark: 95, weight: 2 }))).toBeCloseTo(2 / 95, 12);
  });

  test('is reached by the collateral computed for it', () => {
    const leg = makeLeg({ mark: 95, weight: 2, side: 'short' });
    const raised = withCollateral(leg, new Decimal(collateralAtUsd(leg, 0.04)));
    expect(weightedDistance(raised)).toBeCloseTo(0.04, 12);
  });
});

test('a margin rate is reached by the collateral computed for it', () => {
  const leg = withMark(makeLeg(), 93);
  expect(marginRatePct(leg)).toBeCloseTo(300 / 93, 12);
  const raised = withCollateral(leg, new Decimal(collateralAtRateUsd(leg, 4)));
  expect(marginRatePct(raised)).toBeCloseTo(4, 12);
});

describe('numbers no venue can mean', () => {
  test.each([
    ['a mark of zero', { mark: 0 }],
    ['a mark that is not a number', { mark: Number.NaN }],
    ['an infinite mark', { mark: Number.POSITIVE_INFINITY }],
    ['a negative weight', { weight: -1 }],
    ['no quantity', { quantity: 0, min: 0 }],
    ['an entry price of zero', { entry: 0, mark: 1, min: 0 }],
    ['a minimum that is not a number', { min: Number.NaN }],
    ['a maintenance rate of 100 %', { maintenanceRate: 1 }],
  ])('stop a decision: %s', (_, spec) => {
    expect(() => assertLeg(makeLeg(spec))).toThrow(InvariantError);
    expect(() => assertBook(makeBook(0, spec))).toThrow(InvariantError);
  });

  test('stop a decision: a balance that is not a number', () => {
    const book = { ...makeBook(0), availableUsd: Number.NaN };
    expect(() => assertBook(book)).toThrow(/balance/);
  });

  test('are named with their symbol', () => {
    expect(() => assertLeg(makeLeg({ mark: 0 }))).toThrow(/tAAAF0:USTF0/);
  });
});
