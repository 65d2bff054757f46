import { beforeEach, describe, expect, test } from 'vitest';
import {
  accountTotals,
  advance,
  moneyInWorld,
  replaceBook,
  shock,
  terminateBest,
  toUnits,
  usdOf,
} from '../../../../src/sim/exchange/index.ts';
import { BTC, ETH, type StillWorld, stillWorld } from '../still-market.ts';

describe('liquidation', () => {
  let still: StillWorld;
  const at = (index: number, price: number): void => {
    still.market.prices[index] = price;
    advance(still.world, still.market.at + 1_000);
  };

  beforeEach(() => {
    still = stillWorld(undefined, { takerFeeRate: 0.00065 });
    const long = { index: BTC, amount: 0.1, entryPrice: 100_000, collateralUsd: 1_000 };
    const short = { index: ETH, amount: -1, entryPrice: 4_000, collateralUsd: 400 };
    replaceBook(still.world, [long, short], 500);
  });

  test('takes a long at its liquidation price and not a cent above', () => {
    at(BTC, 90_500.01);
    expect(still.world.positions.has(BTC)).toBe(true);
    at(BTC, 90_500);
    expect(still.world.positions.has(BTC)).toBe(false);
  });

  test('takes a short at its liquidation price and not a cent below', () => {
    // 400 a unit less 0.5 % of 4,000.
    at(ETH, 4_379.99);
    expect(still.world.positions.has(ETH)).toBe(true);
    at(ETH, 4_380);
    expect(still.world.positions.has(ETH)).toBe(false);
  });

  test('costs the whole collateral and leaves the free balance alone', () => {
    at(BTC, 90_000);
    expect(accountTotals(still.world)).toMatchObject({ availableUsd: 500, collateralUsd: 400 });
    const { fees, insurance, counterparty } = still.world.ledger;
    expect(usdOf(counterparty.units)).toBe(1_000);
    expect(usdOf(fees.units)).toBeCloseTo(0.1 * 90_000 * 0.00065, 8);
    expect(insurance.units).toBe(-fees.units);
    expect(moneyInWorld(still.world)).toBe(0);
  });

  test('beyond the collateral is paid by the insurance', () => {
    at(BTC, 50_000);
    const { fees, insurance } = still.world.ledger;
    expect(insurance.units).toBe(toUnits(1_000 - 5_000) - fees.units);
    expect(moneyInWorld(still.world)).toBe(0);
  });

  test('is recorded, with a forced order and a trade', () => {
    at(BTC, 90_000);
    expect(still.world.liquidations).toMatchObject([
      { symbol: 'tBTCF0:USTF0', amount: 0.1, markPrice: 90_000, collateralUsd: 1_000 },
    ]);
    expect(still.world.orders[0]?.status).toMatch(/^FORCED EXECUTED @ 90000/);
    expect(still.world.trades[0]).toMatchObject({ amount: -0.1, price: 90_000 });
  });
});

describe('termination', () => {
  test('halves the position with the highest gain, at the mark', () => {
    const { world } = stillWorld();
    const long = { index: BTC, amount: 0.1, entryPrice: 90_000, collateralUsd: 1_000 };
    const short = { index: ETH, amount: -1, entryPrice: 6_000, collateralUsd: 400 };
    replaceBook(world, [long, short], 0);
    expect(terminateBest(world)).toBe(true);
    expect(world.positions.get(ETH)).toMatchObject({ amount: -0.5, entryPrice: 6_000 });
    expect(accountTotals(world).availableUsd).toBe(1_200);
    expect(world.liquidations).toMatchObject([{ kind: 'termination', amount: -0.5 }]);
  });

  test('takes the smallest unit whole', () => {
    const { world } = stillWorld();
    const dust = { index: BTC, amount: 1e-8, entryPrice: 90_000, collateralUsd: 5 };
    replaceBook(world, [dust], 0);
    expect(terminateBest(world)).toBe(true);
    expect(world.positions.size).toBe(0);
    expect(accountTotals(world).availableUsd).toBeGreaterThanOrEqual(5);
    expect(moneyInWorld(world)).toBe(0);
  });

  test('leaves losers alone', () => {
    const { world } = stillWorld();
    replaceBook(world, [{ index: BTC, amount: 0.1, entryPrice: 110_000, collateralUsd: 2_000 }], 0);
    expect(terminateBest(world)).toBe(false);
  });
});

describe('funding', () => {
  test('is settled every eight hours: longs pay shorts where the rate is positive', () => {
    const { world, market } = stillWorld();
    const long = { index: BTC, amount: 0.1, entryPrice: 100_000, collateralUsd: 1_000 };
    const short = { index: ETH, amount: -1, entryPrice: 4_000, collateralUsd: 400 };
    replaceBook(world, [long, short], 500);
    world.fundingRates[BTC] = 0.0005;
    world.fundingRates[ETH] = 0.0001;
    const due = world.nextFundingAt;
    expect(due).toBe(Date.UTC(2026, 0, 5, 16));
    advance(world, due - 1_000);
    expect(accountTotals(world).availableUsd).toBe(500);
    advance(world, due);
    expect(accountTotals(world).availableUsd).toBeCloseTo(500 - 5 + 0.4, 8);
    expect(world.nextFundingAt).toBe(due + 8 * 3_600_000);
    expect(market.at).toBe(due);
  });

  test('comes out of the collateral when the free balance is used up', () => {
    const { world } = stillWorld();
    const long = { index: BTC, amount: 0.1, entryPrice: 100_000, collateralUsd: 1_000 };
    replaceBook(world, [long], 2);
    world.fundingRates[BTC] = 0.0005;
    advance(world, world.nextFundingAt);
    expect(accountTotals(world)).toMatchObject({ availableUsd: 0, collateralUsd: 997 });
    expect(world.positions.get(BTC)?.liquidationPrice).toBeCloseTo(90_530, 6);
  });
});

describe('shocks', () => {
  test('push one price by a percentage, evenly over their span', () => {
    const { world, market } = stillWorld();
    shock(world, BTC, -0.1, 10_000);
    advance(world, market.at + 5_000);
    expect(world.marks[BTC]).toBeCloseTo(100_000 * Math.sqrt(0.9), 2);
    advance(world, market.at + 60_000);
    expect(world.marks[BTC]).toBeCloseTo(90_000, 6);
    expect(world.marks[ETH]).toBe(4_000);
  });

  test('push all prices, and add up', () => {
    const { world, market } = stillWorld();
    shock(world, 'all', 0.5, 0);
    shock(world, ETH, -0.5, 0);
    advance(world, market.at + 1_000);
    expect(world.marks[BTC]).toBeCloseTo(150_000, 6);
    expect(world.marks[ETH]).toBeCloseTo(3_000, 6);
  });
});
