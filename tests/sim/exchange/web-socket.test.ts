import { beforeEach, describe, expect, test } from 'vitest';
import { authMessage, isEvent, type Rig, startRig, type TestSocket } from './rig.ts';

const BTC = 'tBTCF0:USTF0';
const KEY = `deriv:${BTC}`;

async function subscribe(socket: TestSocket, message: object): Promise<Record<string, unknown>> {
  socket.send({ event: 'subscribe', ...message });
  const answer = await socket.next((f) => isEvent(f, 'subscribed') || isEvent(f, 'error'));
  return answer as Record<string, unknown>;
}

const ofChannel = (id: unknown) => (frame: unknown) => Array.isArray(frame) && frame[0] === id;

describe('public channels', () => {
  let rig: Rig;
  let socket: TestSocket;
  beforeEach(async () => {
    rig = await startRig();
    socket = await rig.connect();
    return () => rig.close();
  });

  test('status frames have the mark at 14, without the key, four times a second', async () => {
    const { chanId, ...rest } = await subscribe(socket, { channel: 'status', key: KEY });
    expect(rest).toEqual({ event: 'subscribed', channel: 'status', key: KEY });
    const first = (await socket.next(ofChannel(chanId))) as [number, unknown[]];
    expect(first[1]).toHaveLength(23);
    expect(first[1][14]).toBe(rig.exchange.world.marks[0]);
    await rig.clock.advance(1_000);
    socket.send({ event: 'unsubscribe', chanId });
    await expect.poll(() => socket.frames.length).toBe(5);
    expect(socket.frames.filter(ofChannel(chanId))).toHaveLength(4);
    const answer = await socket.next((frame) => isEvent(frame, 'unsubscribed'));
    expect(answer).toEqual({ event: 'unsubscribed', status: 'OK', chanId });
  });

  test('marks are pushed at the wanted rate, in turn', async () => {
    const loaded = await startRig({ framesPerSecond: 1_000 });
    try {
      const other = await loaded.connect();
      const ids = [];
      for (const base of ['BTC', 'ETH']) {
        const key = `deriv:t${base}F0:USTF0`;
        ids.push((await subscribe(other, { channel: 'status', key }))['chanId']);
      }
      await other.flush();
      other.frames.length = 0;
      await loaded.clock.advance(500);
      other.send({ event: 'nonsense' });
      await expect.poll(() => other.frames.some((one) => isEvent(one, 'error'))).toBe(true);
      const counts = ids.map((id) => other.frames.filter(ofChannel(id)).length);
      expect(counts).toEqual([250, 250]);
    } finally {
      await loaded.close();
    }
  });

  test('ticker has ten fields, candles a snapshot and then single rows', async () => {
    const ticker = await subscribe(socket, { channel: 'ticker', symbol: BTC });
    expect(ticker).toMatchObject({ symbol: BTC, pair: 'BTCF0:USTF0' });
    const row = (await socket.next(ofChannel(ticker['chanId']))) as [number, unknown[]];
    expect(row[1]).toHaveLength(10);
    const candles = await subscribe(socket, { channel: 'candles', key: `trade:1m:${BTC}` });
    const snapshot = (await socket.next(ofChannel(candles['chanId']))) as [number, unknown[][]];
    expect(snapshot[1].length).toBeGreaterThan(100);
    await rig.clock.advance(1_100);
    const update = (await socket.next(ofChannel(candles['chanId']))) as [number, unknown[]];
    expect(update[1]).toHaveLength(6);
  });

  test('what cannot be subscribed is an error that echoes the request', async () => {
    const unknownChannel = await subscribe(socket, { channel: 'wallet' });
    expect(unknownChannel).toMatchObject({ channel: 'wallet', code: 10_302 });
    const key = 'deriv:tNOPEF0:USTF0';
    expect(await subscribe(socket, { channel: 'status', key })).toMatchObject({
      key,
      code: 10_001,
    });
    await subscribe(socket, { channel: 'status', key: KEY });
    const twice = await subscribe(socket, { channel: 'status', key: KEY });
    expect(twice).toMatchObject({ key: KEY, code: 10_301 });
    socket.send({ event: 'unsubscribe', chanId: 9 });
    const answer = await socket.next((frame) => isEvent(frame, 'error'));
    expect(answer).toMatchObject({ chanId: 9, code: 10_401 });
  });

  test('the 26th channel is refused', async () => {
    const symbols = rig.exchange.world.market.contracts.map(({ symbol }) => symbol);
    const codes = [];
    for (const symbol of symbols.slice(0, 26)) {
      codes.push((await subscribe(socket, { channel: 'status', key: `deriv:${symbol}` }))['code']);
    }
    expect(codes.slice(0, 25)).toEqual(Array.from({ length: 25 }, () => undefined));
    expect(codes[25]).toBe(10_305);
  });

  test('an idle channel says hb after 15 seconds', async () => {
    const { chanId } = await subscribe(socket, { channel: 'trades', symbol: BTC });
    await rig.clock.advance(14_000);
    await socket.flush();
    expect(socket.frames).toEqual([]);
    await rig.clock.advance(2_000);
    expect(await socket.next(ofChannel(chanId))).toEqual([chanId, 'hb']);
  });

  test('conf flags append sequence and timestamp', async () => {
    socket.send({ event: 'conf', flags: 32_768 + 65_536 });
    const conf = await socket.next((frame) => isEvent(frame, 'conf'));
    expect(conf).toEqual({ event: 'conf', status: 'OK', flags: 98_304 });
    const { chanId } = await subscribe(socket, { channel: 'trades', symbol: BTC });
    expect(await socket.next(ofChannel(chanId))).toEqual([chanId, [], 1, rig.clock.now()]);
  });

  test('ping is answered, an unknown event and garbage are errors', async () => {
    socket.send({ event: 'ping', cid: 42 });
    const pong = await socket.next((frame) => isEvent(frame, 'pong'));
    expect(pong).toEqual({ event: 'pong', ts: rig.clock.now(), cid: 42 });
    for (const nonsense of [{ event: 'dance' }, 'not json', '[1]']) {
      socket.send(nonsense);
      const error = await socket.next((frame) => isEvent(frame, 'error'));
      expect(error).toMatchObject({ code: 10_000 });
    }
  });
});

describe('account channel', () => {
  let rig: Rig;
  let socket: TestSocket;
  beforeEach(async () => {
    rig = await startRig();
    await rig.post('/sim/positions', {
      positions: [{ symbol: 'BTC', amount: 0.1, collateral: 1_500 }],
      available: 1_000,
    });
    socket = await rig.authenticated();
    return () => rig.close();
  });

  test('begins with snapshots; figures and available balance are null', async () => {
    const [position] = (await socket.account('ps')) as unknown[][];
    expect(position).toHaveLength(20);
    expect(position?.slice(6, 10)).toEqual([null, null, null, null]);
    expect([position?.[15], position?.[17], position?.[18]]).toEqual([1, 1_500, null]);
    const wallets = (await socket.account('ws')) as unknown[][];
    expect(wallets).toContainEqual(['margin', 'USTF0', 2_500, 0, null, null, null]);
    expect(await socket.account('os')).toEqual([]);
  });

  test('calc gives the figures that were asked for', async () => {
    await socket.account('os');
    socket.send([0, 'calc', null, [[`position_${BTC}`], ['wallet_margin_USTF0'], ['balance']]]);
    const position = (await socket.account('pu')) as unknown[];
    expect(position.slice(6, 10).every((figure) => typeof figure === 'number')).toBe(true);
    expect(await socket.account('wu')).toEqual(['margin', 'USTF0', 2_500, 0, 1_000, null, null]);
    expect(await socket.account('bu')).toEqual([2_500, 2_500]);
  });

  test('a set collateral is followed by pu and wu, unless the fault silences them', async () => {
    await socket.account('bu');
    const path = 'v2/auth/w/deriv/collateral/set';
    await rig.signed(path, { symbol: BTC, collateral: 1_700 });
    expect(((await socket.account('pu')) as unknown[])[17]).toBe(1_700);
    await socket.account('bu');
    await rig.post('/sim/fault', { kind: 'quiet_collateral' });
    await rig.signed(path, { symbol: BTC, collateral: 1_600 });
    await socket.flush();
    await rig.signed(path, { symbol: BTC, collateral: 1_500 });
    expect(((await socket.account('pu')) as unknown[])[17]).toBe(1_500);
  });

  test('a fill comes in the recorded order', async () => {
    await socket.account('bu');
    const body = { type: 'MARKET', symbol: BTC, amount: '-0.1', flags: 1_536, cid: 3 };
    await rig.signed('v2/auth/w/order/submit', body);
    await rig.signed('v2/auth/r/wallets');
    await expect.poll(() => socket.frames.length).toBe(8);
    const frames = socket.frames as [number, string, unknown[]][];
    const types = frames.map(([, type]) => type);
    expect(types).toEqual(['on', 'wu', 'te', 'oc', 'pc', 'wu', 'tu', 'bu']);
    expect([frames[2]?.[2][9], frames[6]?.[2][9]]).toEqual([null, expect.any(Number)]);
    expect(frames[3]?.[2][13]).toMatch(/^EXECUTED/);
    expect(frames[4]?.[2].slice(0, 3)).toEqual([BTC, 'CLOSED', 0]);
  });

  test('orders can be given over it', async () => {
    await socket.account('bu');
    const order = { type: 'MARKET', symbol: BTC, amount: '-0.01', flags: 1_024, cid: 9 };
    socket.send([0, 'on', null, order]);
    const note = (await socket.account('n')) as unknown[];
    expect([note[1], note[6]]).toEqual(['on-req', 'SUCCESS']);
    expect(((await socket.account('oc')) as unknown[])[2]).toBe(9);
    socket.send([0, 'on', null, { ...order, amount: 0 }]);
    expect(((await socket.account('n')) as unknown[])[6]).toBe('ERROR');
  });

  test('a liquidation closes the position with its reason', async () => {
    await rig.post('/sim/shock', { symbol: BTC, pct: -50 });
    await rig.clock.advance(500);
    const row = (await socket.account('pc')) as unknown[];
    expect(row[19]).toMatchObject({ reason: 'LIQ', liq_stage: 1 });
  });

  test('with dms 4 all orders go when the socket closes', async () => {
    const order = { type: 'LIMIT', symbol: BTC, amount: '-0.01', price: '200000', flags: 1_024 };
    const deadMan = await rig.authenticated({ dms: 4 });
    await rig.signed('v2/auth/w/order/submit', order);
    expect(rig.exchange.world.activeOrders.size).toBe(1);
    deadMan.terminate();
    await expect.poll(() => rig.exchange.world.activeOrders.size).toBe(0);
  });

  test('without authentication nothing of the account is said', async () => {
    const other = await rig.connect();
    other.send([0, 'on', null, {}]);
    expect(await other.next((frame) => isEvent(frame, 'error'))).toMatchObject({ code: 10_000 });
    const bad = authMessage(rig.nextNonce(), { authSig: 'ab'.repeat(48) });
    other.send(bad);
    const answer = await other.next((frame) => isEvent(frame, 'auth'));
    expect(answer).toMatchObject({ status: 'FAILED', code: 10_100 });
    await rig.signed('v2/auth/w/deriv/collateral/set', { symbol: BTC, collateral: 1_700 });
    await other.flush();
    expect(other.frames).toEqual([]);
  });

  test('what was sent is logged without key and signature', async () => {
    const entries = (await rig.get('/sim/log?path=auth')).json as { path: string; body: object }[];
    expect(entries).toMatchObject([{ path: '/ws/2 auth', body: { authSig: '…', apiKey: '…' } }]);
  });
});

describe('faults of the wire', () => {
  let rig: Rig;
  let socket: TestSocket;
  const fault = (kind: string, extra: object = {}) => rig.post('/sim/fault', { kind, ...extra });
  beforeEach(async () => {
    rig = await startRig();
    socket = await rig.authenticated();
    await socket.account('bu');
    return () => rig.close();
  });

  test('ws_drop cuts all, and refuses new ones for its seconds', async () => {
    await fault('ws_drop', { seconds: 10 });
    await socket.closed();
    await expect(rig.connect()).rejects.toThrow('closed');
    await rig.clock.advance(10_001);
    await rig.connect();
  });

  test('ws_silent keeps the socket open and says nothing', async () => {
    await fault('ws_silent', { seconds: 30 });
    socket.send({ event: 'ping' });
    await rig.clock.advance(20_000);
    expect([socket.frames, socket.isClosed]).toEqual([[], false]);
    await rig.clock.advance(10_001);
    await socket.flush();
  });

  test('ws_stop says 20051 and closes', async () => {
    await fault('ws_stop');
    const info = await socket.next((frame) => isEvent(frame, 'info'));
    expect(info).toMatchObject({ code: 20_051 });
    await socket.closed();
  });

  test('ws_maintenance says 20060, and 20061 when it is over', async () => {
    await fault('ws_maintenance', { seconds: 3 });
    const begun = await socket.next((frame) => isEvent(frame, 'info'));
    expect(begun).toMatchObject({ code: 20_060 });
    await rig.clock.advance(3_000);
    const over = await socket.next((frame) => isEvent(frame, 'info'));
    expect(over).toMatchObject({ code: 20_061 });
  });

  test('ws_garbage sends frames that are none', async () => {
    await fault('ws_garbage', { count: 3 });
    await rig.clock.advance(5_000);
    await expect.poll(() => socket.frames.length).toBe(3);
    expect(socket.frames).toEqual(['[', { event: 'surprise' }, [0]]);
    expect(socket.isClosed).toBe(false);
  });
});
