import { beforeEach, describe, expect, test } from 'vitest';
import {
  accountTotals,
  collateralBounds,
  replaceBook,
  setCollateral,
  toUnits,
  usdOf,
} from '../../../../src/sim/exchange/index.ts';
import { BTC, ETH, type StillWorld, stillWorld } from '../still-market.ts';

describe('setting collateral', () => {
  let still: StillWorld;
  const set = (usd: number) => setCollateral(still.world, BTC, toUnits(usd));
  const held = () => usdOf(still.world.positions.get(BTC)?.collateral.units ?? 0);

  beforeEach(() => {
    still = stillWorld();
    const long = { index: BTC, amount: 0.1, entryPrice: 100_000, collateralUsd: 1_000 };
    replaceBook(still.world, [long], 500);
  });

  test('takes the absolute amount and moves the difference', () => {
    expect(set(1_200.5)).toBe('done');
    expect(held()).toBe(1_200.5);
    expect(accountTotals(still.world).availableUsd).toBe(299.5);
    expect(accountTotals(still.world).balanceUsd).toBe(1_500);
  });

  test('moves the liquidation price with it', () => {
    set(1_200);
    // 12,000 a unit less 500.
    expect(still.world.positions.get(BTC)?.liquidationPrice).toBe(88_500);
  });

  test('gives limits from the initial margin to collateral and free balance', () => {
    const position = still.world.positions.get(BTC);
    const bounds = position && collateralBounds(still.world, position);
    expect(bounds).toEqual({ min: toUnits(100), max: toUnits(1_500) });
  });

  test('refuses to go above the free balance', () => {
    expect(set(1_500)).toBe('done');
    expect(set(1_500.00000001)).toBe('not_enough_balance');
    expect(held()).toBe(1_500);
  });

  test('refuses to go below the minimum, which a loss raises', () => {
    still.world.marks[BTC] = 95_000;
    expect(set(599.99)).toBe('market_risk');
    expect(set(600)).toBe('done');
  });

  test('raises even when the result is still below the minimum', () => {
    still.world.marks[BTC] = 85_000;
    expect(set(1_400)).toBe('done');
    expect(set(1_399)).toBe('market_risk');
  });

  test('says so when there is no position', () => {
    expect(setCollateral(still.world, ETH, toUnits(100))).toBe('no_position');
  });

  test('announces the position and the wallet', () => {
    still.events.length = 0;
    set(1_100);
    expect(still.events.map(({ type }) => type)).toEqual(['position', 'wallet']);
  });
});
