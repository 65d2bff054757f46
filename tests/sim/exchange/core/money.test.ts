import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  advance,
  FLAG_REDUCE_ONLY,
  moneyInWorld,
  replaceBook,
  setCollateral,
  settleFunding,
  shock,
  submitOrder,
  terminateBest,
  type World,
} from '../../../../src/sim/exchange/index.ts';
import { stillWorld } from '../still-market.ts';

const CONTRACTS = 3;
const contract = fc.integer({ min: 0, max: CONTRACTS - 1 });
const quantity = fc.integer({ min: 1, max: 400_000 }).map((n) => n / 1e5);
const side = fc.constantFrom(-1, 1);

type Step = (world: World) => void;

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(contract, fc.double({ min: -0.6, max: 0.9, noNaN: true })).map(
    ([index, fraction]): Step =>
      (world) => {
        shock(world, index, fraction, 0);
        advance(world, world.now + 1_000);
      },
  ),
  fc.tuple(contract, fc.integer({ min: 0, max: 2e12 })).map(
    ([index, units]): Step =>
      (world) =>
        void setCollateral(world, index, units),
  ),
  fc
    .record({
      index: contract,
      side,
      quantity,
      reduces: fc.boolean(),
      isLimit: fc.boolean(),
      leverage: fc.integer({ min: 1, max: 100 }),
      share: fc.constantFrom(0.5, 1),
    })
    .map(
      (order): Step =>
        (world) => {
          const mark = world.marks[order.index] ?? 1;
          submitOrder(
            world,
            {
              index: order.index,
              type: order.isLimit ? 'LIMIT' : 'MARKET',
              amount: order.side * order.quantity,
              price: order.isLimit ? mark * (1 + order.side * 0.01) : null,
              flags: order.reduces ? FLAG_REDUCE_ONLY : 0,
              leverage: order.leverage,
            },
            order.share,
          );
        },
    ),
  fc.constant<Step>((world) => settleFunding(world)),
  fc.constant<Step>((world) => void terminateBest(world)),
);

test('no money is made or lost by shocks, orders, collateral, funding and liquidations', () => {
  const entry = fc.record({
    amount: fc.tuple(side, quantity),
    leverage: fc.integer({ min: 2, max: 50 }),
  });
  fc.assert(
    fc.property(
      fc.array(entry, { minLength: 1, maxLength: CONTRACTS }),
      fc.array(step, { maxLength: 60 }),
      (entries, steps) => {
        const { world } = stillWorld(undefined, {
          takerFeeRate: 0.00065,
          spreadRate: 0.0002,
          impactRate: 0.01,
        });
        const book = entries.map(({ amount: [sign, size], leverage }, index) => {
          const entryPrice = world.marks[index] ?? 1;
          const collateralUsd = (size * entryPrice) / leverage;
          return { index, amount: sign * size, entryPrice, collateralUsd };
        });
        replaceBook(world, book, 5_000);
        for (const run of steps) {
          run(world);
          expect(moneyInWorld(world)).toBe(0);
          expect(world.ledger.free.units).toBeGreaterThanOrEqual(0);
          for (const { collateral, amount } of world.positions.values()) {
            expect(collateral.units).toBeGreaterThanOrEqual(0);
            expect(amount).not.toBe(0);
          }
        }
      },
    ),
    { numRuns: 300 },
  );
});
