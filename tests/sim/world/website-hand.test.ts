import { expect, test } from 'vitest';
import { accountTotals, moneyInWorld, replaceBook } from '../../../src/sim/exchange/index.ts';
import { Prng } from '../../../src/sim/market/index.ts';
import { WebsiteHand } from '../../../src/sim/world/website-hand.ts';
import { BTC, ETH, stillWorld } from '../exchange/still-market.ts';

function strained(entryPrice: number) {
  const { world } = stillWorld();
  const winner = { index: BTC, amount: 1, entryPrice, collateralUsd: 20_000 };
  const other = { index: ETH, amount: -1, entryPrice: 4_000, collateralUsd: 1_000 };
  replaceBook(world, [winner, other], 500);
  new WebsiteHand(world, new Prng(1, 'hand'), () => undefined).strain(5);
  return world;
}

test('a strained account has the leverage it was asked for', () => {
  const world = strained(100_000);
  const { equityUsd, notionalUsd } = accountTotals(world);
  expect(notionalUsd / equityUsd).toBeGreaterThan(3.5);
  expect(notionalUsd / equityUsd).toBeLessThan(6.5);
  expect(moneyInWorld(world)).toBe(0);
});

test('a strained account whose profit exceeds what it needs never owes', () => {
  const world = strained(10_000);
  expect(world.ledger.free.units).toBeGreaterThanOrEqual(0);
  expect(moneyInWorld(world)).toBe(0);
});
