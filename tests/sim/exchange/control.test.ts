import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Rig, startRig } from './rig.ts';

interface State {
  marks: Record<string, number>;
  positions: { symbol: string; amount: number; collateral: number; marginRatePct: number }[];
  wallet: { balance: number; available: number };
  liquidations: { symbol: string }[];
  equity: number;
  moneyOutOfPlace: number;
}

describe('/sim/', () => {
  let rig: Rig;
  const state = async () => (await rig.get('/sim/state')).json as State;
  beforeAll(async () => {
    rig = await startRig({ positions: 24 });
  });
  afterAll(() => rig.close());

  test('state shows positions, wallet, marks, equity', async () => {
    const found = await state();
    expect(found.positions).toHaveLength(24);
    expect(Object.keys(found.marks).length).toBeGreaterThanOrEqual(30);
    expect(found.wallet.available / found.equity).toBeCloseTo(0.1, 2);
    expect(found.moneyOutOfPlace).toBe(0);
  });

  test('a shock moves a price over real seconds', async () => {
    const before = (await state()).marks['tBTCF0:USTF0'] ?? 0;
    const answer = await rig.post('/sim/shock', { symbol: 'tBTCF0:USTF0', pct: -50, seconds: 2 });
    expect(answer.json).toEqual({ symbol: 'tBTCF0:USTF0', pct: -50, seconds: 2 });
    await rig.clock.advance(1_000);
    const middle = ((await state()).marks['tBTCF0:USTF0'] ?? 0) / before;
    expect(middle).toBeGreaterThan(0.69);
    expect(middle).toBeLessThan(0.73);
    await rig.clock.advance(1_500);
    const after = ((await state()).marks['tBTCF0:USTF0'] ?? 0) / before;
    expect(after).toBeGreaterThan(0.48);
    expect(after).toBeLessThan(0.52);
  });

  test('a shock of all prices liquidates, and state shows it', async () => {
    await rig.post('/sim/shock', { symbol: '*', pct: -60 });
    await rig.clock.advance(1_000);
    const found = await state();
    expect(found.liquidations.length).toBeGreaterThan(5);
    expect(found.moneyOutOfPlace).toBe(0);
  });

  test('the book can be replaced, by collateral, leverage or neither', async () => {
    const positions = [
      { symbol: 'tBTCF0:USTF0', amount: 0.1, collateral: 900 },
      { symbol: 'ETH', amount: -2, entryPrice: 4_000, leverage: 20 },
      { symbol: 'SOL', amount: 10, entryPrice: 200 },
    ];
    await rig.post('/sim/positions', { positions, available: 250 });
    const found = await state();
    expect(found.positions.map(({ collateral }) => collateral)).toEqual([900, 400, 200]);
    expect(found.wallet).toEqual({ balance: 1_750, available: 250 });
    await rig.post('/sim/positions', { positions: [] });
    expect((await state()).wallet).toEqual({ balance: 250, available: 250 });
  });

  test.each([
    ['/sim/shock', { symbol: 'BTC', pct: -100 }, /^pct: /],
    ['/sim/shock', { symbol: 'NOPE', pct: 1 }, /^symbol: expected one of /],
    ['/sim/shock', { pct: 1 }, /^symbol: /],
    ['/sim/fault', { kind: 'flood' }, /^kind: /],
    ['/sim/fault', { kind: 'latency', count: 1, seconds: 1 }, /not both/],
    ['/sim/positions', { positions: [{ symbol: 'BTC', amount: 0 }] }, /^positions\.0\.amount: /],
    ['/sim/positions', { positions: [{ symbol: 'NOPE', amount: 1 }] }, /^positions\.0\.symbol: /],
  ])('%s refuses %j with a reason', async (path, body, reason) => {
    const answer = await rig.post(path, body);
    expect(answer).toMatchObject({ status: 400, json: { error: expect.stringMatching(reason) } });
  });

  test('a second position of one symbol is refused', async () => {
    const twice = { symbol: 'BTC', amount: 1 };
    const answer = await rig.post('/sim/positions', { positions: [twice, twice] });
    expect(answer.status).toBe(400);
  });

  test('every request is logged with body, status and outcome', async () => {
    await rig.signed('v2/auth/w/deriv/collateral/set', { symbol: 'tBTCF0:USTF0', collateral: 1 });
    await rig.get('/v2/nothing?x=1');
    const entries = (await rig.get('/sim/log')).json as Record<string, unknown>[];
    expect(entries.slice(-2)).toMatchObject([
      {
        ms: rig.clock.now(),
        method: 'POST',
        path: '/v2/auth/w/deriv/collateral/set',
        body: { symbol: 'tBTCF0:USTF0', collateral: 1 },
        status: 500,
        outcome: 'refused 10001 position: not found',
      },
      { method: 'GET', path: '/v2/nothing', query: 'x=1', body: null, status: 404 },
    ]);
    const seq = entries.at(-2)?.['seq'];
    expect((await rig.get(`/sim/log?since=${seq}`)).json).toHaveLength(1);
    const filtered = (await rig.get('/sim/log?path=shock')).json as { path: string }[];
    expect(new Set(filtered.map(({ path }) => path))).toEqual(new Set(['/sim/shock']));
  });
});
