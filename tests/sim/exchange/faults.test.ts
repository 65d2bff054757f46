import { beforeEach, describe, expect, test } from 'vitest';
import { settle } from '../../support/manual-clock.ts';
import { type Rig, startRig } from './rig.ts';

const BTC = 'tBTCF0:USTF0';
const SET = 'v2/auth/w/deriv/collateral/set';

describe('faults', () => {
  let rig: Rig;
  const fault = async (kind: string, extra: object = {}): Promise<void> => {
    expect((await rig.post('/sim/fault', { kind, ...extra })).status).toBe(200);
  };
  const set = (collateral: number) => rig.signed(SET, { symbol: BTC, collateral });
  const held = () => (rig.exchange.world.positions.get(0)?.collateral.units ?? 0) / 1e8;
  const log = async () => (await rig.get('/sim/log?path=collateral')).json as { outcome: string }[];

  beforeEach(async () => {
    rig = await startRig();
    await rig.post('/sim/positions', {
      positions: [{ symbol: 'BTC', amount: 0.1, collateral: 1_500 }],
      available: 1_000,
    });
    return () => rig.close();
  });

  test.each(['reset_before', 'reset_after'])('%s cuts the connection', async (kind) => {
    await fault(kind);
    await expect(set(1_600)).rejects.toThrow();
    expect(held()).toBe(kind === 'reset_after' ? 1_600 : 1_500);
    expect((await set(1_700)).json).toEqual([[1]]);
  });

  test.each(['error_500_before', 'error_500_after'])('%s is a 500 without a code', async (kind) => {
    await fault(kind);
    const answer = await set(1_600);
    expect(answer).toMatchObject({ status: 500, json: { code: 503 } });
    expect(held()).toBe(kind === 'error_500_after' ? 1_600 : 1_500);
  });

  test.each(['timeout_before', 'timeout_after'])('%s never answers', async (kind) => {
    await fault(kind);
    const pending = set(1_600);
    pending.catch(() => undefined);
    await expect.poll(async () => (await log()).at(-1)?.outcome).toMatch(`fault ${kind}`);
    expect(held()).toBe(kind === 'timeout_after' ? 1_600 : 1_500);
  });

  test('latency holds the request back', async () => {
    await fault('latency', { ms: 3_000 });
    const pending = set(1_600);
    await expect.poll(async () => (await log()).length).toBe(1);
    await settle();
    expect(held()).toBe(1_500);
    await rig.clock.advance(3_000);
    expect((await pending).json).toEqual([[1]]);
    expect(held()).toBe(1_600);
  });

  test('html_200 and cut_json are not JSON', async () => {
    await fault('html_200');
    const page = await set(1_600);
    expect([page.status, page.json, held()]).toEqual([200, undefined, 1_500]);
    await fault('cut_json');
    const cut = await set(1_600);
    expect([cut.status, cut.json, held()]).toEqual([200, undefined, 1_600]);
  });

  test('nonce_small and rate limits come in the forms known', async () => {
    await fault('nonce_small');
    expect((await rig.get('/v2/platform/status')).json).toEqual([1]);
    expect((await set(1_600)).json).toEqual(['error', 10_114, 'nonce: small']);
    await fault('rate_limit_array');
    expect((await set(1_600)).json).toEqual(['error', 11_010, 'ratelimit: error']);
    await fault('rate_limit');
    expect(await set(1_600)).toMatchObject({ status: 429, json: { error: 'ERR_RATE_LIMIT' } });
    expect((await set(1_600)).status).toBe(429);
    await rig.clock.advance(60_001);
    expect((await set(1_600)).status).toBe(200);
  });

  test('maintenance is told by the status and by every other call', async () => {
    await fault('maintenance', { seconds: 60 });
    expect((await rig.get('/v2/platform/status')).json).toEqual([0]);
    expect((await set(1_600)).json).toEqual(['error', 20_060, 'maintenance']);
    await rig.clock.advance(60_001);
    expect((await rig.get('/v2/platform/status')).json).toEqual([1]);
  });

  test('count and path say how often and where', async () => {
    await fault('error_500_before', { count: 2, path: 'collateral/set' });
    expect((await rig.signed('v2/auth/r/wallets')).status).toBe(200);
    expect([(await set(1_600)).status, (await set(1_600)).status]).toEqual([500, 500]);
    expect((await set(1_600)).status).toBe(200);
  });

  test('null_balance and set_without_effect lie as told', async () => {
    await fault('null_balance');
    const rows = (await rig.signed('v2/auth/r/wallets')).json as unknown[][];
    expect(rows.map((row) => row[4])).toEqual([null, null]);
    await fault('set_without_effect');
    expect((await set(1_600)).json).toEqual([[1]]);
    expect(held()).toBe(1_500);
  });

  test('hidden_orders hides what was done while it is on, and shows it afterwards', async () => {
    await fault('hidden_orders', { seconds: 10 });
    const body = { type: 'MARKET', symbol: BTC, amount: '-0.01', flags: 1_024, cid: 5 };
    await rig.signed('v2/auth/w/order/submit', body);
    const history = async () => (await rig.signed('v2/auth/r/orders/hist')).json as unknown[];
    const trades = async () => (await rig.signed('v2/auth/r/trades/hist')).json as unknown[];
    expect([await history(), await trades()]).toEqual([[], []]);
    await rig.clock.advance(10_001);
    expect([await history(), await trades()].map((rows) => rows.length)).toEqual([1, 1]);
  });

  test('order_refused is an ERROR inside HTTP 200, partial_fill fills by half', async () => {
    const body = { type: 'MARKET', symbol: BTC, amount: '-0.02', flags: 1_024 };
    await fault('order_refused');
    const refused = await rig.signed('v2/auth/w/order/submit', body);
    expect([refused.status, (refused.json as unknown[])[6]]).toEqual([200, 'ERROR']);
    await fault('partial_fill');
    await rig.signed('v2/auth/w/order/submit', body);
    expect(rig.exchange.world.positions.get(0)?.amount).toBe(0.09);
  });

  test('adl terminates half of the best position at once', async () => {
    await rig.post('/sim/positions', {
      positions: [{ symbol: 'BTC', amount: 0.1, entryPrice: 90_000, collateral: 1_500 }],
    });
    const { json } = await rig.post('/sim/fault', { kind: 'adl' });
    expect(json).toEqual({ terminated: 1 });
    expect(rig.exchange.world.positions.get(0)?.amount).toBe(0.05);
  });

  test('are listed, and cleared', async () => {
    await fault('latency', { seconds: 30 });
    const list = async () => (await rig.get('/sim/fault')).json;
    expect(await list()).toMatchObject({ active: [{ kind: 'latency' }], kinds: { adl: /./ } });
    await fault('none');
    expect(await list()).toMatchObject({ active: [] });
  });
});
