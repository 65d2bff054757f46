/** Contract cards of the Bitfinex client: reads, writes and fills. Numbers are spaced for more. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Decimal } from '../../src/core/decimal.ts';
import { Secret } from '../../src/core/secret.ts';
import { parseSymbol } from '../../src/core/symbol.ts';
import { KeyRefusedError } from '../../src/ports/venue.ts';
import { FakeClock } from '../venues/bitfinex/fake-clock.ts';
import { MemoryCounter } from '../venues/bitfinex/setup.ts';
import { type Rig, startRig } from './bitfinex-rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await startRig();
});
afterEach(() => rig.close());

describe('reads', () => {
  test('BFX-010 the platform is operative', async () => {
    expect(await rig.venue.isOperative()).toBe(true);
  });

  test('BFX-020 in maintenance it is not', async () => {
    await rig.fault('maintenance', { seconds: 30 });
    expect(await rig.venue.isOperative()).toBe(false);
  });

  test('BFX-030 pair rules differ by pair', async () => {
    const rules = await rig.venue.pairRules();
    const btc = rules.get(parseSymbol('tBTCF0:USTF0'));
    const sol = rules.get(parseSymbol('tSOLF0:USTF0'));
    expect([btc?.initialRate.toNumber(), btc?.maintenanceRate.toNumber()]).toEqual([0.01, 0.005]);
    expect([sol?.initialRate.toNumber(), sol?.maintenanceRate.toNumber()]).toEqual([0.05, 0.025]);
    for (const { minQuantity, maxQuantity } of rules.values()) {
      expect(minQuantity.gt(0) && maxQuantity.gt(minQuantity)).toBe(true);
    }
  });

  test('BFX-040 positions are the exchange’s own, number for number', async () => {
    const [positions, state] = [await rig.venue.positions(), await rig.state()];
    const view = positions.map((one) => ({
      id: Number(one.id),
      side: one.side,
      quantity: one.quantity.toNumber(),
      collateral: one.collateralUsd.toNumber(),
      least: one.collateralMinUsd?.toNumber(),
    }));
    expect(view).toHaveLength(12);
    expect(view).toEqual(
      state.positions.map(({ id, side, amount, collateral, collateralMin }) => ({
        id,
        side,
        quantity: Math.abs(amount),
        collateral,
        least: collateralMin,
      })),
    );
  });

  test('BFX-050 the balance includes collateral, the available part does not', async () => {
    const [wallet, state] = [await rig.venue.wallet(), await rig.state()];
    expect(wallet.currency).toBe('USTF0');
    expect(wallet.availableUsd?.toNumber()).toBe(state.wallet.available);
    const collateral = state.positions.reduce((sum, one) => sum + one.collateral, 0);
    expect(wallet.balanceUsd.minus(wallet.availableUsd ?? 0).toNumber()).toBeCloseTo(collateral, 6);
  });

  test('BFX-060 an available balance that is not computed is unknown, not zero', async () => {
    await rig.fault('null_balance');
    expect((await rig.venue.wallet()).availableUsd).toBeNull();
  });

  test('BFX-070 marks of all held symbols', async () => {
    const symbols = (await rig.venue.positions()).map(({ symbol }) => symbol);
    const marks = await rig.venue.marks(symbols);
    const { marks: known } = await rig.state();
    expect(marks.map(({ symbol }) => symbol).sort()).toEqual([...symbols].sort());
    for (const { symbol, price, at } of marks) {
      expect(Math.abs(price.toNumber() / (known[symbol] ?? 0) - 1)).toBeLessThan(0.05);
      expect(Math.abs(at - Date.now())).toBeLessThan(10_000);
    }
  });

  test('BFX-080 limits enclose the present collateral', async () => {
    const position = await rig.position();
    const { minUsd, maxUsd } = await rig.venue.collateralLimits(position.symbol);
    expect(minUsd.lte(position.collateralUsd)).toBe(true);
    expect(maxUsd.gte(position.collateralUsd)).toBe(true);
  });

  test('BFX-090 daily candles are closed and in order', async () => {
    const candles = await rig.venue.dailyCandles(parseSymbol('tBTCF0:USTF0'), 8);
    expect(candles.length).toBeGreaterThanOrEqual(7);
    const times = candles.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    for (const { at, open, high, low, close } of candles) {
      expect(at + 86_400_000).toBeLessThanOrEqual(Date.now());
      expect(high.gte(open) && high.gte(close) && low.lte(open) && low.lte(close)).toBe(true);
    }
  });

  test('BFX-100 a fit key passes without a warning', async () => {
    expect(await rig.venue.checkKey()).toEqual({ warnings: [] });
  });

  test('BFX-110 a wrong secret or key is refused', async () => {
    const wrongSecret = rig.client({ apiSecret: new Secret('demo-secret-not') });
    await expect(wrongSecret.venue.checkKey()).rejects.toBeInstanceOf(KeyRefusedError);
    const wrongKey = rig.client({ apiKey: new Secret('demo-key-not') });
    await expect(wrongKey.venue.checkKey()).rejects.toBeInstanceOf(KeyRefusedError);
  });

  test('BFX-120 nonces are accepted after a restart with the clock an hour behind', async () => {
    const counter = new MemoryCounter();
    const first = rig.client({ counter });
    await first.venue.wallet();
    const behind = new FakeClock({ startAt: Date.now() - 3_600_000 });
    const second = rig.client({ counter, clock: behind });
    await second.venue.wallet();
    expect((await rig.received('wallets')).map(({ outcome }) => outcome)).toEqual(['ok', 'ok']);
  });
});

describe('collateral', () => {
  test('BFX-200 rises to the absolute target, paid by the wallet', async () => {
    const position = await rig.position();
    const before = await rig.venue.wallet();
    const target = position.collateralUsd.plus('123.45678901');
    expect((await rig.venue.setCollateral(rig.set(position, target))).kind).toBe('confirmed');
    expect((await rig.same(position))?.collateralUsd.toFixed()).toBe(target.toFixed());
    const after = await rig.venue.wallet();
    const paid = before.availableUsd?.minus(after.availableUsd ?? 0);
    expect(paid?.toNumber()).toBeCloseTo(123.456789, 6);
  });

  test('BFX-210 falls, and the same target again changes nothing', async () => {
    const position = await rig.position();
    const { minUsd } = await rig.venue.collateralLimits(position.symbol);
    const target = position.collateralUsd.plus(minUsd).div(2).toDecimalPlaces(2);
    for (let i = 0; i < 2; i += 1) {
      expect((await rig.venue.setCollateral(rig.set(position, target))).kind).toBe('confirmed');
      expect((await rig.same(position))?.collateralUsd.toFixed()).toBe(target.toFixed());
    }
  });

  test('BFX-220 below the minimum is rejected with the venue’s code', async () => {
    const position = await rig.position();
    const outcome = await rig.venue.setCollateral(rig.set(position, new Decimal('0.01')));
    expect(outcome).toMatchObject({ kind: 'rejected', code: '110202' });
    expect((await rig.same(position))?.collateralUsd).toEqual(position.collateralUsd);
  });

  test('BFX-230 more than the free balance is rejected', async () => {
    const position = await rig.position();
    const { availableUsd } = await rig.venue.wallet();
    const target = position.collateralUsd.plus(availableUsd ?? 0).plus(1);
    expect((await rig.venue.setCollateral(rig.set(position, target))).kind).toBe('rejected');
  });

  test('BFX-240 without a position is rejected', async () => {
    const position = await rig.position();
    await rig.post('/sim/positions', { positions: [] });
    const outcome = await rig.venue.setCollateral(rig.set(position, new Decimal(50)));
    expect(outcome.kind).toBe('rejected');
    expect(await rig.venue.positions()).toEqual([]);
  });
});

describe('reductions', () => {
  test.each(['long', 'short'] as const)(
    'BFX-300 part of a %s is closed, and the fill found by cid',
    async (side) => {
      const position = await rig.position(side);
      const quantity = position.quantity.div(4).toDecimalPlaces(5);
      const intent = rig.reduce(position, quantity);
      expect((await rig.venue.reducePosition(intent)).kind).toBe('confirmed');
      const evidence = await rig.venue.orderEvidence(intent);
      expect(evidence.state).toBe('filled');
      if (evidence.state !== 'filled') return;
      expect(evidence.filled.toFixed()).toBe(quantity.toFixed());
      const left = (await rig.same(position))?.quantity;
      expect(left?.toNumber()).toBeCloseTo(position.quantity.minus(quantity).toNumber(), 8);
    },
  );

  test('BFX-310 the order is reduce-only, at market, with leverage and cid', async () => {
    const position = await rig.position();
    const intent = rig.reduce(position, position.quantity.div(2).toDecimalPlaces(5));
    await rig.venue.reducePosition(intent);
    const [request] = await rig.received('order/submit');
    expect(request?.body).toMatchObject({ type: 'MARKET', flags: 1024, lev: 5, cid: intent.cid });
    expect(String(request?.body?.['amount'])).toMatch(/^-\d/);
  });

  test('BFX-320 a whole position is closed and gone', async () => {
    const position = await rig.position();
    const intent = rig.reduce(position, position.quantity);
    expect((await rig.venue.reducePosition(intent)).kind).toBe('confirmed');
    expect((await rig.venue.orderEvidence(intent)).state).toBe('filled');
    expect(await rig.same(position)).toBeUndefined();
  });

  test('BFX-330 an order larger than what is left is cancelled whole, not trimmed', async () => {
    const position = await rig.position();
    const most = position.quantity.times('0.75').toDecimalPlaces(5);
    await rig.venue.reducePosition(rig.reduce(position, most));
    const intent = rig.reduce(position, most);
    await rig.venue.reducePosition(intent);
    const evidence = await rig.venue.orderEvidence(intent);
    expect(evidence).toMatchObject({ state: 'cancelled', reason: /RSN_POS_REDUCE_FLIP/ });
  });

  test('BFX-340 an order for a position that is gone is accepted and then cancelled', async () => {
    const position = await rig.position();
    await rig.post('/sim/positions', { positions: [] });
    const intent = rig.reduce(position, position.quantity);
    await rig.venue.reducePosition(intent);
    expect((await rig.venue.orderEvidence(intent)).state).toBe('cancelled');
  });

  test('BFX-350 a refusal inside HTTP 200 is rejected', async () => {
    await rig.fault('order_refused');
    const position = await rig.position();
    const outcome = await rig.venue.reducePosition(rig.reduce(position, position.quantity));
    expect(outcome.kind).toBe('rejected');
  });

  test('BFX-360 a refusal as HTTP 500 is rejected', async () => {
    const position = await rig.position();
    const tiny = rig.reduce(position, new Decimal('0.00000001'));
    expect(await rig.venue.reducePosition(tiny)).toMatchObject({ kind: 'rejected', code: '10001' });
  });

  test.each(['long', 'short'] as const)(
    'BFX-380 a part of a %s that was closed is opened again, with margin by its leverage',
    async (side) => {
      const position = await rig.position(side);
      const quantity = position.quantity.div(4).toDecimalPlaces(4);
      const closing = rig.reduce(position, quantity);
      await rig.venue.reducePosition(closing);
      const left = await rig.same(position);
      const intent = rig.reopen(closing, quantity, 4);
      expect((await rig.venue.reopenPosition(intent)).kind).toBe('confirmed');
      const evidence = await rig.venue.orderEvidence(intent);
      expect(evidence).toMatchObject({ state: 'filled' });
      if (evidence.state !== 'filled' || !left) throw new RangeError('expected a fill');
      expect(evidence.filled.toFixed()).toBe(quantity.toFixed());
      const whole = await rig.same(position);
      expect(whole?.side).toBe(side);
      expect(whole?.quantity.toNumber()).toBeCloseTo(position.quantity.toNumber(), 8);
      const marginUsd = quantity.times(evidence.averagePrice).div(4);
      const addedUsd = whole?.collateralUsd.minus(left.collateralUsd).toNumber();
      expect(addedUsd).toBeCloseTo(marginUsd.toNumber(), 2);
      const request = (await rig.received('order/submit')).at(-1);
      expect(request?.body).toMatchObject({ type: 'MARKET', flags: 0, lev: 4, cid: intent.cid });
      expect(Math.sign(Number(request?.body?.['amount']))).toBe(side === 'long' ? 1 : -1);
    },
  );

  test('BFX-390 a whole position that was closed is opened again under another id', async () => {
    const [held] = (await rig.state()).positions;
    if (!held) throw new RangeError('expected a position');
    const { symbol: name } = held;
    const book = [{ symbol: name, amount: 1, collateral: 1_000_000 }];
    await rig.post('/sim/positions', { positions: book, available: 1_000_000 });
    const position = await rig.position();
    const closing = rig.reduce(position, position.quantity);
    await rig.venue.reducePosition(closing);
    const intent = rig.reopen(closing, position.quantity);
    await rig.venue.reopenPosition(intent);
    const [again] = (await rig.venue.positions()).filter(({ symbol, side }) => {
      return symbol === position.symbol && side === position.side;
    });
    expect(again?.quantity.toFixed()).toBe(position.quantity.toFixed());
    expect(again?.id).not.toBe(position.id);
  });

  test('BFX-395 opening that the balance does not pay is cancelled', async () => {
    const position = await rig.position();
    const quantity = position.quantity.div(4).toDecimalPlaces(4);
    const closing = rig.reduce(position, quantity);
    await rig.venue.reducePosition(closing);
    const book = (await rig.state()).positions.map(({ symbol, amount }) => ({ symbol, amount }));
    await rig.post('/sim/positions', { positions: book, available: 0 });
    const intent = rig.reopen(closing, quantity, 1);
    await rig.venue.reopenPosition(intent);
    const evidence = await rig.venue.orderEvidence(intent);
    expect(evidence).toMatchObject({ state: 'cancelled', reason: /INSUFFICIENT BALANCE/ });
  });

  test('BFX-370 a fill by half is told as such', async () => {
    await rig.fault('partial_fill');
    const position = await rig.position();
    const intent = rig.reduce(position, position.quantity.div(2).toDecimalPlaces(5));
    await rig.venue.reducePosition(intent);
    const evidence = await rig.venue.orderEvidence(intent);
    expect(evidence.state).toBe('partly_filled');
  });
});
