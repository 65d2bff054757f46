import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { KeyRefusedError, VenueReadError } from '../../../src/ports/venue.ts';
import { FakeClock } from './fake-clock.ts';
import { API_KEY } from './scripted-server.ts';
import { BTC, ETH, type Setup, SOL_ROW, setUp, until } from './setup.ts';

const POSITIONS = 'v2/auth/r/positions';
const WALLETS = 'v2/auth/r/wallets';
const STATUS = 'v2/platform/status';
let at: Setup;

beforeEach(async () => {
  at = await setUp();
});
afterEach(() => at.close());

describe('signed reads', () => {
  test('are POSTs of {} signed over the exact bytes, with rising nonces', async () => {
    at.server.on(POSITIONS, () => `[${SOL_ROW}]`);
    await at.venue.positions();
    await at.venue.positions();
    const [first, second] = at.server.to(POSITIONS);
    expect(first).toMatchObject({ method: 'POST', body: '{}', isSigned: true });
    expect(first?.headers['bfx-apikey']).toBe(API_KEY);
    expect(second?.isSigned).toBe(true);
    expect(second?.nonce).toBeGreaterThan(first?.nonce ?? Number.POSITIVE_INFINITY);
  });

  test('go one at a time and in nonce order, however many are asked for at once', async () => {
    at.server.on(POSITIONS, () => `[${SOL_ROW}]`);
    at.server.on(WALLETS, () => '[["margin","USTF0",5,0,4]]');
    const many = Array.from({ length: 20 }, () => [at.venue.positions(), at.venue.wallet()]);
    await Promise.all(many.flat());
    const nonces = at.server.requests.map(({ nonce }) => nonce);
    expect(nonces).toHaveLength(40);
    expect(nonces).toEqual([...nonces].sort((a, b) => a - b));
    expect(at.server.signedConcurrencyMax).toBe(1);
  });

  test('a small nonce is signed afresh at once', async () => {
    at.server.inOrder(
      WALLETS,
      { status: 500, text: '["error",10114,"nonce: small"]' },
      '[["margin","USTF0",5,0,4]]',
    );
    expect((await at.venue.wallet()).balanceUsd.toNumber()).toBe(5);
    expect(at.clock.skippedMs).toEqual([]);
    const [first, second] = at.server.to(WALLETS);
    expect((second?.nonce ?? 0) - (first?.nonce ?? 0)).toBeGreaterThan(1_000_000);
  });
});

describe('a key whose nonces are ten minutes ahead of the clock', () => {
  test('is read with all the same, and near the clock again once it has caught up', async () => {
    const floor = (at.clock.now() + 600_000) * 1_000;
    let highest = floor;
    at.server.on(WALLETS, ({ nonce = 0 }) => {
      if (nonce <= highest) return { status: 500, text: '["error",10114,"nonce: small"]' };
      highest = nonce;
      return '[["margin","USTF0",5,0,4]]';
    });
    expect((await at.venue.wallet()).balanceUsd.toNumber()).toBe(5);
    expect(highest - floor).toBeLessThan(600_000_000);
    const asked = at.server.requests.length;
    await at.venue.wallet();
    expect(at.server.requests.length).toBe(asked + 1);
  });
});

describe('reads that fail', () => {
  test.each([
    ['an HTML page with status 200', '<html>gateway</html>'],
    ['an HTML page with status 502', { status: 502, text: '<html>Bad Gateway</html>' }],
    ['JSON cut short', '[["margin","USTF0",5,'],
    ['a reply cut midway', { cut: '[["margin","USTF0"' }],
    ['a connection reset', 'reset' as const],
    ['an unknown error', { status: 500, text: '["error",10000,"unknown"]' }],
    ['an error without a code', { status: 500, text: '["error",null,"x"]' }],
    ['not ready', { status: 500, text: '["error",11000,"not ready"]' }],
    ['a row of another form', '[["margin","USTF0",null,0,4]]'],
  ])('%s is asked again until it works', async (_name, trouble) => {
    at.server.inOrder(WALLETS, trouble, trouble, '[["margin","USTF0",5,0,4]]');
    expect((await at.venue.wallet()).availableUsd?.toNumber()).toBe(4);
    expect(at.server.to(WALLETS)).toHaveLength(3);
    expect(at.venue.failuresInARow()).toBe(0);
  });

  test('ten attempts with growing, jittered waits end in an error that says so', async () => {
    at.server.on(WALLETS, () => ({ status: 502, text: '<html>' }));
    const error = await at.venue.wallet().catch((thrown) => thrown);
    expect(error).toBeInstanceOf(VenueReadError);
    expect(error).toMatchObject({ call: 'wallets', attempts: 10 });
    expect(at.server.to(WALLETS)).toHaveLength(10);
    expect(at.venue.failuresInARow()).toBe(10);
    const expected = [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000];
    expect(at.clock.skippedMs).toEqual(expected.map((full) => full * 0.75));
  });

  test('what can prove an outcome is asked for as long, and every few seconds', async () => {
    at.server.on(POSITIONS, () => ({ status: 502, text: '<html>' }));
    const error = await at.venue.positions().catch((thrown) => thrown);
    expect(error).toMatchObject({ call: 'positions', attempts: 20 });
    const expected = [250, 500, 1_000, 2_000, 4_000, ...Array(14).fill(5_000)];
    expect(at.clock.skippedMs).toEqual(expected.map((full) => full * 0.75));
  });

  test('a reply that never comes ends at its deadline', async () => {
    at.server.inOrder(WALLETS, 'hang', '[["margin","USTF0",5,0,4]]');
    const reading = at.venue.wallet();
    await until(() => at.server.to(WALLETS).length === 1);
    at.clock.advance(45_000);
    expect((await reading).balanceUsd.toNumber()).toBe(5);
    expect(at.log.lines.join()).toContain('no reply in 45000 ms');
  });

  test.each([
    '["error",10100,"apikey: invalid"]',
    '["error",10001,"api_key: permission invalid"]',
    '["error",10020,"symbol: invalid"]',
  ])('%s is final: it is not asked again', async (text) => {
    at.server.on(WALLETS, () => ({ status: 500, text }));
    await expect(at.venue.wallet()).rejects.toMatchObject({ attempts: 1 });
    expect(at.server.to(WALLETS)).toHaveLength(1);
  });

  test('an answer that stays malformed is given up after three attempts', async () => {
    at.server.on(POSITIONS, () => `[${SOL_ROW.replace('63.96519761', 'null')}]`);
    await expect(at.venue.positions()).rejects.toMatchObject({ attempts: 3 });
  });

  test('a refused connection is an error of the read, not of the process', async () => {
    const gone = await setUp({ restUrl: 'http://127.0.0.1:1', retry: { attempts: 2 } });
    await expect(gone.venue.wallet()).rejects.toBeInstanceOf(VenueReadError);
    await gone.close();
  });

  test('closing ends a read that waits for its next attempt', async () => {
    const slow = await setUp({ clock: new FakeClock() });
    slow.server.on(WALLETS, () => ({ status: 502, text: '<html>' }));
    const reading = slow.venue.wallet();
    reading.catch(() => undefined);
    await until(() => slow.clock.pendingMs().length === 1 && slow.log.lines.length === 1);
    await slow.venue.close();
    await expect(reading).rejects.toBeInstanceOf(VenueReadError);
    await slow.close();
  });
});

describe('rate limits of the venue', () => {
  test.each([
    ['a documented body', { status: 200, text: '{"error":"ERR_RATE_LIMIT"}' }],
    ['an error array', { status: 500, text: '["error",11010,"ratelimit: error"]' }],
    ['HTTP 429', { status: 429, text: '<html>' }],
  ])('%s rests all REST traffic for a minute at least', async (_name, answer) => {
    at.server.inOrder(WALLETS, answer, '[["margin","USTF0",5,0,4]]');
    at.server.on(STATUS, () => '[1]');
    const wallet = at.venue.wallet();
    await until(() => at.clock.pendingMs().some((delayMs) => delayMs >= 60_000));
    const status = at.venue.isOperative();
    await until(() => at.clock.pendingMs().filter((delayMs) => delayMs > 50_000).length === 2);
    expect(at.server.requests).toHaveLength(1);
    at.clock.advance(75_000);
    expect((await wallet).balanceUsd.toNumber()).toBe(5);
    expect(await status).toBe(true);
  });

  test('requests beyond the documented limit wait for their minute, none is dropped', async () => {
    at.server.on(STATUS, () => '[1]');
    const asked = Promise.all(Array.from({ length: 35 }, () => at.venue.isOperative()));
    await until(() => at.clock.pendingMs().filter((delayMs) => delayMs > 50_000).length === 5);
    await until(() => at.server.requests.length === 30);
    at.clock.advance(61_000);
    expect(await asked).toHaveLength(35);
  });
});

describe('public reads', () => {
  test('the platform is operative at [1], not at [0], not in maintenance', async () => {
    at.server.inOrder(STATUS, '[1]', '[0]', { status: 500, text: '["error",20060,"maintenance"]' });
    expect(await at.venue.isOperative()).toBe(true);
    expect(await at.venue.isOperative()).toBe(false);
    expect(await at.venue.isOperative()).toBe(false);
    expect(at.server.requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
  });

  test('marks come from index 15, for the symbols asked for, bad ones left out', async () => {
    const row = (key: string, mark: string) =>
      `["${key}",1691165059000,null,29297.85,29277.5,null,36950860.76,null,1691193600000,` +
      `0.00000527,82,null,0.00014548,null,null,${mark},null,null,9636.07,null,null,null,0.1,0.2]`;
    const rows = [row(BTC, '29278.8925'), row(ETH, '0'), row('tXRPF0:USTF0', '1'), '[null]'];
    at.server.on('v2/status/deriv', () => `[${rows.join(',')}]`);
    const marks = await at.venue.marks([BTC, ETH]);
    expect(marks.map(({ symbol, at: when, price }) => [symbol, when, price.toFixed()])).toEqual([
      [BTC, 1691165059000, '29278.8925'],
    ]);
    expect(at.server.requests[0]?.path).toBe(`v2/status/deriv?keys=${BTC},${ETH}`);
    expect(at.log.lines.join()).toContain('mark unreadable');
    expect(await at.venue.marks([])).toEqual([]);
  });

  test('pair rules carry each pair’s own rates; odd rows are left out and named', async () => {
    const info = (pair: string, initial: string, least: string) =>
      `["${pair}",[null,null,null,"0.00004","100.0",null,null,null,${initial},${least}]]`;
    const infos = [
      info('BTCF0:USTF0', '0.01', '0.005'),
      info('TRYF0:USTF0', '0.1', '0.05'),
      info('BTCF0:EUTF0', '0.01', '0.005'),
      info('XRPF0:USTF0', '0.01', '0.02'),
      info('LTCF0:USTF0', 'null', '0.02'),
    ];
    const list = '["BTCF0:USTF0","TRYF0:USTF0","XRPF0:USTF0","NEWF0:USTF0","BTCF0:EUTF0"]';
    const path = 'v2/conf/pub:list:pair:futures,pub:info:pair:futures';
    at.server.on(path, () => `[${list},[${infos.join(',')}]]`);
    const rules = await at.venue.pairRules();
    expect([...rules.keys()]).toEqual([BTC, 'tTRYF0:USTF0']);
    const btc = rules.get(BTC);
    expect(btc?.maintenanceRate.toFixed()).toBe('0.005');
    expect(btc?.initialRate.toFixed()).toBe('0.01');
    expect(btc?.minQuantity.toFixed()).toBe('0.00004');
    expect(btc?.maxQuantity.toFixed()).toBe('100');
    expect(at.log.lines.join()).toContain('["XRPF0:USTF0","NEWF0:USTF0"]');
  });

  test('daily candles: close before high, oldest first, the open day left out', async () => {
    const day = 86_400_000;
    const today = Math.floor(at.clock.now() / day) * day;
    const rows = [0, 1, 3].map((ago) => `[${today - ago * day},10,${12 + ago},20,5,1.5]`);
    at.server.on(`v2/candles/trade:1D:${BTC}/hist`, () => `[${rows.join(',')}]`);
    const candles = await at.venue.dailyCandles(BTC, 7);
    expect(candles.map((candle) => [candle.at, candle.close.toNumber()])).toEqual([
      [today - 3 * day, 15],
      [today - day, 13],
    ]);
    expect(candles[0]?.high.toNumber()).toBe(20);
    expect(candles[0]?.low.toNumber()).toBe(5);
    expect(at.server.requests[0]?.path).toContain('?limit=8&sort=-1');
  });

  test('collateral limits are the smallest and largest absolute amounts', async () => {
    at.server.on('v2/auth/calc/deriv/collateral/limits', () => '[18.289,896.67]');
    const limits = await at.venue.collateralLimits(BTC);
    expect([limits.minUsd.toFixed(), limits.maxUsd.toFixed()]).toEqual(['18.289', '896.67']);
    expect(at.server.requests[0]?.body).toBe(`{"symbol":"${BTC}"}`);
  });
});

describe('the key', () => {
  const PERMISSIONS = 'v2/auth/r/permissions';
  const rights = (changes: Record<string, [number, number]> = {}) => {
    const all = {
      account: [1, 0],
      history: [1, 0],
      orders: [1, 1],
      positions: [1, 1],
      funding: [0, 0],
      settings: [0, 0],
      wallets: [1, 0],
      withdraw: [0, 0],
      ui_withdraw: [0, 0],
      bfxpay: [0, 0],
      ...changes,
    };
    return JSON.stringify(Object.entries(all).map(([scope, pair]) => [scope, ...pair]));
  };

  test('with the needed rights and no more is accepted without a warning', async () => {
    at.server.on(PERMISSIONS, () => rights());
    expect(await at.venue.checkKey()).toEqual({ warnings: [] });
  });

  test.each([
    [{ withdraw: [0, 1] }, /withdraw/],
    [{ withdraw: [1, 0] }, /withdraw/],
    [{ ui_withdraw: [0, 1] }, /ui_withdraw/],
    [{ teleport: [0, 1] }, /unknown scope teleport/],
    [{ orders: [1, 0] }, /missing rights: orders write/],
    [{ positions: [0, 0], history: [0, 0] }, /positions read, positions write, history read/],
    [{ wallets: [0, 1] }, /wallets read/],
  ] as [Record<string, [number, number]>, RegExp][])('with %j is refused', async (changes, why) => {
    at.server.on(PERMISSIONS, () => rights(changes));
    const error = await at.venue.checkKey().catch((thrown) => thrown);
    expect(error).toBeInstanceOf(KeyRefusedError);
    expect(error.message).toMatch(why);
  });

  test('without any listed right is refused', async () => {
    at.server.on(PERMISSIONS, () => '[]');
    await expect(at.venue.checkKey()).rejects.toBeInstanceOf(KeyRefusedError);
  });

  test('that the exchange does not know is refused with its words', async () => {
    const text = '["error",10100,"apikey: invalid"]';
    at.server.on(PERMISSIONS, () => ({ status: 500, text }));
    await expect(at.venue.checkKey()).rejects.toThrow(/did not accept .*apikey: invalid/);
  });

  test('is not judged while the exchange cannot be read', async () => {
    for (const text of ['<html>', '["error",20060,"maintenance"]']) {
      at.server.on(PERMISSIONS, () => ({ status: 500, text }));
      await expect(at.venue.checkKey()).rejects.toBeInstanceOf(VenueReadError);
    }
  });

  test('may read what it does not need, and write it with a warning', async () => {
    at.server.on(PERMISSIONS, () => rights({ funding: [1, 1], wallets: [1, 1] }));
    const { warnings } = await at.venue.checkKey();
    expect(warnings.join()).toMatch(/wallets.*funding/);
  });
});
