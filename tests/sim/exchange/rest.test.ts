import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountTotals } from '../../../src/sim/exchange/index.ts';
import { type Rig, startRig } from './rig.ts';

const BTC = 'tBTCF0:USTF0';
type Rows = (string | number | null)[][];

describe('public paths', () => {
  let rig: Rig;
  const rows = async (path: string): Promise<Rows> => (await rig.get(path)).json as Rows;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());

  test('platform status is operative', async () => {
    expect((await rig.get('/v2/platform/status')).json).toEqual([1]);
  });

  test('pairs come without the t, several keys as one outer element each', async () => {
    const path = '/v2/conf/pub:list:pair:futures,pub:info:pair:futures';
    const [list, info] = (await rig.get(path)).json as [string[], [string, unknown[]][]];
    expect(list.length).toBeGreaterThanOrEqual(30);
    expect(list).toContain('BTCF0:USTF0');
    const infoOf = (pair: string) => info.find(([name]) => name === pair)?.[1];
    const nulls = [null, null, null];
    expect(infoOf('BTCF0:USTF0')).toEqual([...nulls, '0.00004', '100.0', ...nulls, 0.01, 0.005]);
    expect(infoOf('SOLF0:USTF0')?.slice(8)).toEqual([0.05, 0.025]);
    expect(infoOf('TRYF0:USTF0')?.slice(8)).toEqual([0.1, 0.05]);
  });

  test('derivative status has the mark at 15 of 24 fields', async () => {
    const found = await rows(`/v2/status/deriv?keys=${BTC},tETHF0:USTF0`);
    expect(found.map(([key]) => key)).toEqual([BTC, 'tETHF0:USTF0']);
    expect(found[0]).toHaveLength(24);
    expect(found[0]?.[15]).toBe(rig.exchange.world.marks[0]);
    expect(found[0]?.[1]).toBe(rig.clock.now());
    expect(await rows('/v2/status/deriv?keys=ALL')).toHaveLength(rig.exchange.world.marks.length);
  });

  test('tickers have the symbol in front, the single ticker has not', async () => {
    const [row] = await rows(`/v2/tickers?symbols=${BTC}`);
    expect(row).toHaveLength(11);
    expect((await rig.get(`/v2/ticker/${BTC}`)).json).toEqual(row?.slice(1));
  });

  test('candles are open, close, high, low; newest first; ten days and more', async () => {
    const found = await rows(`/v2/candles/trade:1D:${BTC}/hist?limit=12`);
    expect(found).toHaveLength(12);
    for (const [i, [at, open, close, high, low]] of (found as number[][]).entries()) {
      expect(at).toBe(Date.UTC(2026, 0, 5) - i * 86_400_000);
      expect(high).toBeGreaterThanOrEqual(Math.max(open ?? 0, close ?? 0));
      expect(low).toBeLessThanOrEqual(Math.min(open ?? 0, close ?? 0));
    }
    expect(found[0]?.[2]).toBe(rig.exchange.world.marks[0]);
  });

  test('candles obey limit, sort, start and end', async () => {
    const [last] = await rows(`/v2/candles/trade:1m:${BTC}/hist?limit=1`);
    expect((await rig.get(`/v2/candles/trade:1m:${BTC}/last`)).json).toEqual(last);
    const end = (last?.[0] as number) - 60_000;
    const start = end - 4 * 60_000;
    const path = `/v2/candles/trade:1m:${BTC}/hist?start=${start}&end=${end}&sort=1`;
    const times = (await rows(path)).map(([at]) => at);
    expect(times).toEqual([0, 1, 2, 3, 4].map((n) => start + n * 60_000));
    const wrong = await rig.get(`/v2/candles/trade:1m:${BTC}/hist?limit=10001`);
    expect(wrong).toMatchObject({ status: 500, json: ['error', 10_020, 'limit: invalid'] });
    expect((await rig.get(`/v2/candles/trade:2m:${BTC}/hist`)).status).toBe(500);
  });

  test('an unknown path is 404 with an error body', async () => {
    const answer = await rig.get('/v2/nothing');
    expect(answer).toMatchObject({ status: 404, json: ['error', 10_020, 'endpoint: unknown'] });
    expect((await rig.signed('v2/auth/r/nothing')).status).toBe(404);
  });
});

describe('signed paths', () => {
  let rig: Rig;
  const submit = (body: object) =>
    rig.signed('v2/auth/w/order/submit', { type: 'MARKET', symbol: BTC, ...body });
  const held = () => rig.exchange.world.positions.get(0)?.amount ?? 0;
  beforeAll(async () => {
    rig = await startRig();
    await rig.post('/sim/positions', {
      positions: [{ symbol: 'BTC', amount: 0.1, collateral: 1_500 }],
      available: 1_000,
    });
  });
  afterAll(() => rig.close());

  test('positions are rows of 20 with type 1', async () => {
    const [row] = (await rig.signed('v2/auth/r/positions')).json as Rows;
    expect(row).toHaveLength(20);
    expect(row?.slice(0, 3)).toEqual([BTC, 'ACTIVE', 0.1]);
    expect([row?.[15], row?.[17]]).toEqual([1, 1_500]);
    const [snap] = (await rig.signed('v2/auth/r/positions/snap')).json as Rows;
    expect(snap?.slice(6, 10)).toEqual([null, null, null, null]);
    expect(snap?.[12]).toBe(rig.clock.now());
  });

  test('the wallet is margin USTF0, its balance contains the collateral', async () => {
    const rows = (await rig.signed('v2/auth/r/wallets')).json as Rows;
    expect(rows).toContainEqual(['margin', 'USTF0', 2_500, 0, 1_000, null, null]);
    expect(rows.filter(([, currency]) => currency === 'USTF0')).toHaveLength(1);
  });

  test('collateral is set absolutely, as number or string, and answers [[1]]', async () => {
    for (const collateral of [1_600, '1500.5']) {
      const body = { symbol: BTC, collateral };
      expect((await rig.signed('v2/auth/w/deriv/collateral/set', body)).json).toEqual([[1]]);
    }
    expect(accountTotals(rig.exchange.world)).toMatchObject({
      availableUsd: 999.5,
      collateralUsd: 1_500.5,
    });
  });

  test('collateral that cannot be set is refused in the venue’s words', async () => {
    const set = async (collateral: unknown, symbol = BTC) =>
      (await rig.signed('v2/auth/w/deriv/collateral/set', { symbol, collateral })).json;
    expect(await set(10)).toEqual(['error', 110_202, 'collateral: market risk']);
    const poor = ['error', 10_001, 'Invalid collateral: not enough balance'];
    expect(await set(2_500.1)).toEqual(poor);
    expect(await set(undefined)).toEqual(['error', 10_020, 'collateral: invalid']);
    expect(await set('lots')).toEqual(['error', 10_020, 'collateral: invalid']);
    expect(await set(-5)).toEqual(['error', 10_020, 'collateral: invalid']);
    expect(await set(500, 'tNOPEF0:USTF0')).toEqual(['error', 10_020, 'symbol: invalid']);
    expect(await set(500, 'tETHF0:USTF0')).toEqual(['error', 10_001, 'position: not found']);
  });

  test('collateral limits are the initial margin and what the free balance allows', async () => {
    const { json } = await rig.signed('v2/auth/calc/deriv/collateral/limits', { symbol: BTC });
    expect(json).toEqual([964.5 / 10, 2_500]);
  });

  test('an order is answered as accepted and found again by its cid', async () => {
    const before = held();
    const cid = 123_456_789;
    const { status, json } = await submit({ amount: '-0.01', flags: 1_024, lev: 5, cid });
    const [time, type, , , data, , outcome] = json as [
      number,
      string,
      null,
      null,
      Rows,
      null,
      string,
    ];
    expect([status, type, outcome]).toEqual([200, 'on-req', 'SUCCESS']);
    expect(time).toBe(Math.floor(rig.clock.now() / 1_000));
    expect(data[0]).toHaveLength(32);
    expect(data[0]?.slice(6, 9)).toEqual([-0.01, -0.01, 'MARKET']);
    expect(data[0]?.[13]).toBe('ACTIVE');
    expect(held()).toBeCloseTo(before - 0.01, 8);
    const active = await rig.signed('v2/auth/r/orders', { cid, cid_date: '2026-01-05' });
    expect(active.json).toEqual([]);
    const start = rig.clock.now() - 1_000;
    const history = (await rig.signed(`v2/auth/r/orders/${BTC}/hist`, { start })).json as Rows;
    const found = history.find((row) => row[2] === cid);
    expect(found?.[6]).toBe(0);
    expect(found?.[13]).toMatch(/^EXECUTED @ /);
    const trades = (await rig.signed(`v2/auth/r/trades/${BTC}/hist`, { start })).json as Rows;
    const trade = trades.find((row) => row[11] === cid);
    expect(trade).toHaveLength(12);
    expect(trade?.[4]).toBe(-0.01);
    expect(trade?.[9]).toBeLessThan(0);
  });

  test('without lev an order gets leverage 10', async () => {
    const { json } = await submit({ amount: -0.001, flags: 1_024 });
    const [order] = (json as [unknown, unknown, unknown, unknown, unknown[][]])[4];
    expect(order?.[31]).toMatchObject({ $F33: 10 });
  });

  test('what is not an order is refused with a code', async () => {
    const json = async (body: object) => (await submit(body)).json;
    expect(await json({ amount: 0 })).toEqual(['error', 10_001, 'amount: invalid']);
    expect(await json({ amount: 'x' })).toEqual(['error', 10_020, 'amount: invalid']);
    const cid = 35_184_372_088_832;
    expect(await json({ amount: 1, cid })).toEqual(['error', 10_020, 'cid: invalid']);
    expect(await json({ amount: 1, lev: 101 })).toEqual(['error', 10_020, 'lev: invalid']);
    const type = 'EXCHANGE MARKET';
    expect(await json({ amount: 1, type })).toEqual(['error', 10_020, 'type: invalid']);
    expect(await json({ amount: 0.00001 })).toMatchObject(['error', 10_001, /minimum size/]);
    const sol = { symbol: 'tSOLF0:USTF0', amount: 1, lev: 50 };
    expect(await json(sol)).toEqual(['error', 10_001, 'Invalid order: maximum leverage is 20']);
  });

  test('a resting order is found by cid and date, and cancelled by them', async () => {
    const ids = { cid: 77, cid_date: '2026-01-05' };
    await submit({ type: 'LIMIT', amount: -0.01, price: '200000', flags: 1_024, cid: 77 });
    const active = (await rig.signed(`v2/auth/r/orders/${BTC}`, ids)).json as Rows;
    expect(active).toHaveLength(1);
    const undated = await rig.signed('v2/auth/r/orders', { cid: 77 });
    expect(undated.json).toEqual(['error', 10_020, 'cid_date: invalid']);
    const cancelled = (await rig.signed('v2/auth/w/order/cancel', ids)).json as unknown[];
    expect([cancelled[0], cancelled[1], cancelled[6]]).toEqual([
      rig.clock.now(),
      'oc-req',
      'SUCCESS',
    ]);
    const again = await rig.signed('v2/auth/w/order/cancel', { id: active[0]?.[0] });
    expect(again.json).toEqual(['error', 10_001, 'Order not found.']);
  });

  test('the key has no withdrawal rights', async () => {
    const rights = (await rig.signed('v2/auth/r/permissions')).json as Rows;
    expect(rights.filter(([scope]) => String(scope).includes('withdraw'))).toEqual([
      ['withdraw', 0, 0],
      ['ui_withdraw', 0, 0],
    ]);
    expect(rights).toContainEqual(['positions', 1, 1]);
  });

  test('the largest order is the free balance at that leverage', async () => {
    const body = { symbol: BTC, type: 'DERIV', dir: -1, rate: '100000', lev: '10' };
    const { availableUsd } = accountTotals(rig.exchange.world);
    const { json } = await rig.signed('v2/auth/calc/order/avail', body);
    const most = availableUsd / (100_000 * (0.1 + 0.00065));
    expect((json as number[])[0]).toBeCloseTo(-most, 6);
  });

  test('a body that is not JSON is refused', async () => {
    const { json } = await rig.signed('v2/auth/r/orders', {}, { raw: '{"cid":' });
    expect(json).toEqual(['error', 10_020, 'body: invalid']);
  });
});
