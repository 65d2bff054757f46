import { describe, expect, test } from 'vitest';
import {
  accountTotals,
  advance,
  createWorld,
  liquidationPrice,
  makePortfolio,
  replaceBook,
} from '../../../../src/sim/exchange/index.ts';
import {
  contractTable,
  GeneratedMarket,
  longShare,
  Prng,
  type Scenario,
} from '../../../../src/sim/market/index.ts';

const START = Date.UTC(2026, 0, 5, 12);

function demo(seed: number, scenario: Scenario, positions = 24) {
  const contracts = contractTable(positions);
  const prng = new Prng(seed);
  const market = new GeneratedMarket({ contracts, prng, scenario, startAt: START, stepMs: 1_000 });
  const world = createWorld({ market, seed });
  const portfolio = makePortfolio({
    contracts,
    marks: world.marks,
    positions,
    longShare: longShare(scenario),
    leverage: 9,
    freeShare: 0.1,
    random: new Prng(seed, 'portfolio'),
  });
  replaceBook(world, portfolio.entries, portfolio.freeUsd);
  return { world, portfolio };
}

describe('generated book', () => {
  test('has the wanted leverage and free share, whatever the seed', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const totals = accountTotals(demo(seed, 'crash').world);
      expect(totals.notionalUsd / totals.equityUsd).toBeCloseTo(9, 1);
      expect(totals.availableUsd / totals.equityUsd).toBeCloseTo(0.1, 2);
    }
  });

  test('is the same for the same seed', () => {
    expect(demo(5, 'calm').portfolio).toEqual(demo(5, 'calm').portfolio);
    expect(demo(5, 'calm').portfolio).not.toEqual(demo(6, 'calm').portfolio);
  });

  test('leans to the side that the scenario hurts', () => {
    const net = (scenario: Scenario) =>
      demo(1, scenario).portfolio.entries.filter(({ amount }) => amount > 0).length;
    expect(net('crash')).toBeGreaterThan(16);
    expect(net('squeeze')).toBeLessThan(8);
  });

  test('has room before liquidation everywhere, with different sizes', () => {
    const { world, portfolio } = demo(3, 'crash', 200);
    expect(portfolio.entries).toHaveLength(200);
    const sizes = portfolio.entries.map((entry) => Math.abs(entry.amount) * entry.entryPrice);
    expect(Math.max(...sizes) / Math.min(...sizes)).toBeGreaterThan(10);
    for (const { index, collateralUsd, ...exposure } of portfolio.entries) {
      const contract = world.market.contracts[index];
      const mark = world.marks[index] ?? 0;
      const price = contract ? liquidationPrice(exposure, collateralUsd, contract) : 0;
      expect(Math.abs(mark - price) / mark).toBeGreaterThan(0.01);
    }
  });

  test('can be empty', () => {
    const { portfolio } = demo(1, 'calm', 0);
    expect(portfolio.entries).toEqual([]);
    expect(portfolio.freeUsd).toBeGreaterThan(0);
  });
});

describe('scenarios without anybody acting', () => {
  const liquidatedAfter = (scenario: Scenario, minutes: number): number => {
    const { world } = demo(1, scenario);
    advance(world, START + minutes * 60_000);
    return world.liquidations.length;
  };

  test('a crash spares everybody at first and takes most of the book within the hour', () => {
    expect(liquidatedAfter('crash', 10)).toBe(0);
    expect(liquidatedAfter('crash', 60)).toBeGreaterThan(10);
  });

  test('a squeeze does the same to shorts', () => {
    expect(liquidatedAfter('squeeze', 10)).toBe(0);
    expect(liquidatedAfter('squeeze', 60)).toBeGreaterThan(10);
  });

  test('calm takes nobody within an hour', () => {
    expect(liquidatedAfter('calm', 60)).toBe(0);
  });
});
