import { describe, expect, test } from 'vitest';
import {
  collateralFloorUsd,
  liquidationPrice,
  replaceBook,
} from '../../../../src/sim/exchange/index.ts';
import { positionRow } from '../../../../src/sim/exchange/rows/position-row.ts';
import { contractOf } from '../../../../src/sim/market/index.ts';
import { BTC, SOL, stillWorld } from '../still-market.ts';

const btc = contractOf('BTC', 100_000);
const sol = contractOf('SOL', 200);

describe('liquidation price', () => {
  test('of a long lies below the entry by collateral per unit less maintenance', () => {
    // 1,000 of collateral on 0.1 BTC is 10,000 a unit; maintenance is 0.5 % of 100,000 = 500.
    expect(liquidationPrice({ amount: 0.1, entryPrice: 100_000 }, 1_000, btc)).toBe(90_500);
  });

  test('of a short lies above the entry by the same', () => {
    expect(liquidationPrice({ amount: -0.1, entryPrice: 100_000 }, 1_000, btc)).toBe(109_500);
  });

  test('uses the maintenance rate of the pair', () => {
    // 20 a unit less 2.5 % of 200.
    expect(liquidationPrice({ amount: 10, entryPrice: 200 }, 200, sol)).toBe(185);
  });

  test('fits the position recorded on the staging host', () => {
    expect(liquidationPrice({ amount: 0.0008, entryPrice: 9_000 }, 0.72, btc)).toBeCloseTo(
      8_145,
      8,
    );
  });
});

describe('least collateral', () => {
  const long = { amount: 0.1, entryPrice: 100_000 };

  test('is the initial margin, raised by a loss and not lowered by a profit', () => {
    expect(collateralFloorUsd(long, btc, 100_000, false)).toBe(100);
    expect(collateralFloorUsd(long, btc, 99_000, false)).toBe(200);
    expect(collateralFloorUsd(long, btc, 110_000, false)).toBe(100);
  });

  test('is lowered by a profit when the rules say so, never below zero', () => {
    expect(collateralFloorUsd(long, btc, 100_400, true)).toBeCloseTo(60, 9);
    expect(collateralFloorUsd(long, btc, 110_000, true)).toBe(0);
  });
});

describe('position row', () => {
  test('is the recorded row for the recorded position, number by number', () => {
    const { world } = stillWorld({ BTC: 100_000, SOL: 199.4168 - 30.092 / 2.5 });
    const recorded = { index: SOL, amount: 2.5, entryPrice: 199.4168, collateralUsd: 63.96519761 };
    replaceBook(world, [recorded], 0);
    const position = world.positions.get(SOL);
    const row = position ? positionRow(position, world.marks[SOL] ?? 0) : [];
    const id = position?.id;
    const pnlPercent = -6.036000978854339;
    const head = ['tSOLF0:USTF0', 'ACTIVE', 2.5, 199.4168, 0, 0, -30.092];
    const figures = [pnlPercent, 178.816140956, 7.7939570051771465, null, id, null, null, null];
    expect(row).toEqual([...head, ...figures, 1, null, 63.96519761, 24.9271, null]);
  });

  test('has no liquidation price where no price would liquidate', () => {
    const { world } = stillWorld();
    const rich = { index: BTC, amount: 0.01, entryPrice: 100_000, collateralUsd: 2_000 };
    replaceBook(world, [rich], 0);
    const position = world.positions.get(BTC);
    expect(position && positionRow(position, 100_000)[8]).toBeNull();
  });
});
