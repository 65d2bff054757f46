import { beforeEach, describe, expect, test } from 'vitest';
import {
  accountTotals,
  advance,
  cancelOrder,
  FLAG_CLOSE,
  FLAG_POST_ONLY,
  FLAG_REDUCE_ONLY,
  type OrderRequest,
  replaceBook,
  submitOrder,
  usdOf,
} from '../../../../src/sim/exchange/index.ts';
import { BTC, ETH, type StillWorld, stillWorld } from '../still-market.ts';

const market = (index: number, amount: number, flags = 0): OrderRequest => ({
  index,
  type: 'MARKET',
  amount,
  price: null,
  flags,
  leverage: 10,
});
const limit = (index: number, amount: number, price: number, flags = 0): OrderRequest => ({
  ...market(index, amount, flags),
  type: 'LIMIT',
  price,
});

function bookOf(still: StillWorld): void {
  const long = { index: BTC, amount: 0.1, entryPrice: 100_000, collateralUsd: 1_000 };
  replaceBook(still.world, [long], 500);
}

describe('reduce-only orders', () => {
  let still: StillWorld;
  const reduce = (index: number, amount: number, flags = FLAG_REDUCE_ONLY) =>
    submitOrder(still.world, market(index, amount, flags));

  beforeEach(() => {
    still = stillWorld();
    bookOf(still);
  });

  test.each([
    ['larger than the position', BTC, -0.11, 'RSN_POS_REDUCE_FLIP'],
    ['that would increase it', BTC, 0.01, 'RSN_POS_REDUCE_INCR'],
    ['without a position', ETH, -0.01, 'RSN_POS_NOTFOUND'],
  ])('%s are cancelled whole', (_, index, amount, status) => {
    const order = reduce(index, amount);
    expect(order).toMatchObject({ status, amount });
    expect(still.world.positions.get(BTC)?.amount).toBe(0.1);
    expect(still.world.trades).toEqual([]);
    expect(still.world.orders).toEqual([order]);
  });

  test('release collateral pro rata and realise the result into the free balance', () => {
    still.world.marks[BTC] = 104_000;
    const order = reduce(BTC, -0.025);
    expect(order).toMatchObject({ status: 'EXECUTED @ 104000(-0.025)', amount: 0 });
    const position = still.world.positions.get(BTC);
    expect(position).toMatchObject({ amount: 0.075, entryPrice: 100_000 });
    expect(usdOf(position?.collateral.units ?? 0)).toBe(750);
    // 500 + a quarter of 1,000 + 0.025 × 4,000.
    expect(accountTotals(still.world).availableUsd).toBe(850);
  });

  test('keep the liquidation price when they close at the mark', () => {
    reduce(BTC, -0.04);
    expect(still.world.positions.get(BTC)?.liquidationPrice).toBeCloseTo(90_500, 6);
  });

  test('end the position when they close all of it', () => {
    still.world.marks[BTC] = 96_000;
    expect(reduce(BTC, -0.1, FLAG_CLOSE | FLAG_REDUCE_ONLY).status).toContain('(note:POSCLOSE)');
    expect(still.world.positions.size).toBe(0);
    expect(accountTotals(still.world).availableUsd).toBe(1_100);
    expect(still.world.closed).toMatchObject([{ amount: 0.1, entryPrice: 100_000 }]);
  });

  test('with the close flag are cancelled when they would leave a rest', () => {
    expect(reduce(BTC, -0.05, FLAG_CLOSE).status).toBe('RSN_POS_REDUCE_INCR');
  });

  test('can be filled in part, the rest being cancelled', () => {
    const order = submitOrder(still.world, market(BTC, -0.1, FLAG_REDUCE_ONLY), 0.5);
    expect(order.status).toMatch(/^RSN_BOOK_SLIP was: PARTIALLY FILLED/);
    expect(order).toMatchObject({ amount: -0.05, originalAmount: -0.1 });
    expect(still.world.positions.get(BTC)?.amount).toBe(0.05);
  });

  test('are announced as the venue does: wallet, trade, order, position, wallet', () => {
    still.events.length = 0;
    reduce(BTC, -0.05);
    const types = still.events.map(({ type }) => type);
    expect(types).toEqual(['order', 'wallet', 'trade', 'order', 'position', 'wallet']);
  });
});

describe('costs', () => {
  test('a market order pays the taker fee and loses by its size', () => {
    const still = stillWorld(undefined, {
      takerFeeRate: 0.00065,
      spreadRate: 0.0002,
      impactRate: 0.01,
    });
    bookOf(still);
    const small = submitOrder(still.world, market(BTC, -0.001, FLAG_REDUCE_ONLY));
    expect(small.averagePrice).toBe(99_980);
    expect(still.world.trades[0]?.feeUsd).toBeCloseTo(0.001 * 99_980 * 0.00065, 8);
    const { depthUsd } = still.world.market.contracts[BTC] ?? { depthUsd: 1 };
    replaceBook(
      still.world,
      [{ index: BTC, amount: 100, entryPrice: 100_000, collateralUsd: 1_000_000 }],
      0,
    );
    const large = submitOrder(still.world, market(BTC, -100, FLAG_REDUCE_ONLY));
    const slippage = 0.0002 + 0.01 * (10_000_000 / depthUsd);
    expect(large.averagePrice).toBeCloseTo(100_000 * (1 - slippage), -1);
  });
});

describe('opening orders', () => {
  let still: StillWorld;
  beforeEach(() => {
    still = stillWorld();
    bookOf(still);
  });

  test('open a position with the collateral their leverage asks for', () => {
    submitOrder(still.world, market(ETH, -1));
    const position = still.world.positions.get(ETH);
    expect(position).toMatchObject({ amount: -1, entryPrice: 4_000 });
    expect(usdOf(position?.collateral.units ?? 0)).toBe(400);
    expect(accountTotals(still.world).availableUsd).toBe(100);
  });

  test('are cancelled when the free balance does not pay for them', () => {
    expect(submitOrder(still.world, market(ETH, 2)).status).toBe('INSUFFICIENT BALANCE (U1)');
    expect(still.world.positions.has(ETH)).toBe(false);
  });

  test('average the entry when they add', () => {
    still.world.marks[BTC] = 90_000;
    submitOrder(still.world, { ...market(BTC, 0.1), leverage: 100 });
    expect(still.world.positions.get(BTC)).toMatchObject({ amount: 0.2, entryPrice: 95_000 });
  });

  test('flip a position: the old one ends, another one begins', () => {
    const before = still.world.positions.get(BTC);
    submitOrder(still.world, market(BTC, -0.15));
    const after = still.world.positions.get(BTC);
    expect(after).toMatchObject({ amount: -0.05, entryPrice: 100_000 });
    expect(after?.id).not.toBe(before?.id);
    expect(usdOf(after?.collateral.units ?? 0)).toBe(500);
    expect(still.world.closed).toHaveLength(1);
    expect(before?.collateral.units).toBe(0);
  });
});

describe('limit orders', () => {
  let still: StillWorld;
  beforeEach(() => {
    still = stillWorld();
    bookOf(still);
  });

  test('rest until the mark reaches their price', () => {
    const order = submitOrder(still.world, limit(BTC, -0.05, 101_000, FLAG_REDUCE_ONLY));
    expect(order.status).toBe('ACTIVE');
    still.market.prices[BTC] = 100_999;
    advance(still.world, still.market.at + 1_000);
    expect(still.world.activeOrders.size).toBe(1);
    still.market.prices[BTC] = 101_000;
    advance(still.world, still.market.at + 1_000);
    expect(order.status).toBe('EXECUTED @ 101000(-0.05)');
    expect(still.world.activeOrders.size).toBe(0);
    expect(still.world.trades[0]?.isMaker).toBe(true);
  });

  test('fill at once when they cross, unless they are post-only', () => {
    expect(submitOrder(still.world, limit(BTC, -0.05, 99_000)).status).toMatch(/^EXECUTED/);
    const order = submitOrder(still.world, limit(BTC, -0.05, 99_000, FLAG_POST_ONLY));
    expect(order.status).toBe('POSTONLY CANCELED');
  });

  test('can be cancelled once', () => {
    const { id } = submitOrder(still.world, limit(BTC, -0.05, 101_000));
    expect(cancelOrder(still.world, id)?.status).toBe('CANCELED');
    expect(cancelOrder(still.world, id)).toBeUndefined();
  });
});
