import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Decimal } from '../../../src/core/decimal.ts';
import { parseSymbol } from '../../../src/core/symbol.ts';
import { FakeClock } from './fake-clock.ts';
import type { Answer } from './scripted-server.ts';
import { BTC, collateralIntent, reduceIntent, type Setup, setUp, until } from './setup.ts';

const SET = 'v2/auth/w/deriv/collateral/set';
const SUBMIT = 'v2/auth/w/order/submit';
let at: Setup;

beforeEach(async () => {
  at = await setUp({ clock: new FakeClock() });
});
afterEach(() => at.close());

const refusal = (code: number | null, text: string): Answer => ({
  status: 500,
  text: JSON.stringify(['error', code, text]),
});

describe('setting collateral', () => {
  test('sends the absolute target as `collateral`, without exponent or float', async () => {
    at.server.on(SET, () => '[[1]]');
    expect((await at.venue.setCollateral(collateralIntent('0.00000012'))).kind).toBe('confirmed');
    await at.venue.setCollateral(collateralIntent('123456789.12345678'));
    expect(at.server.to(SET).map(({ body }) => body)).toEqual([
      `{"symbol":"${BTC}","collateral":"0.00000012"}`,
      `{"symbol":"${BTC}","collateral":"123456789.12345678"}`,
    ]);
    expect(at.server.to(SET)[0]?.isSigned).toBe(true);
  });

  test.each([
    ['[[1]]', 'confirmed'],
    ['[1]', 'confirmed'],
    ['[[1],null]', 'confirmed'],
    ['[]', 'rejected'],
    ['[[0]]', 'rejected'],
    ['[0]', 'unknown'],
    ['[[]]', 'unknown'],
    ['[[2]]', 'unknown'],
    ['["1"]', 'unknown'],
    ['[null,null,null,null,null,null,"SUCCESS"]', 'unknown'],
    ['{"ok":true}', 'unknown'],
    ['1', 'unknown'],
  ])('the answer %s is %s', async (text, kind) => {
    at.server.on(SET, () => text);
    expect((await at.venue.setCollateral(collateralIntent('50'))).kind).toBe(kind);
  });

  test.each([
    [refusal(110202, 'collateral: market risk'), 'rejected'],
    [refusal(10001, 'not enough tradable balance'), 'rejected'],
    [refusal(10020, 'collateral: invalid'), 'rejected'],
    [refusal(11000, 'not ready'), 'rejected'],
    [refusal(20060, 'maintenance'), 'rejected'],
    [refusal(10000, 'unknown error'), 'unknown'],
    [refusal(null, 'unknown error'), 'unknown'],
    [refusal(10008, 'concurrency'), 'unknown'],
    [{ status: 502, text: '<html>' }, 'unknown'],
    [{ status: 503, text: '{"code":503,"error":"temporarily_unavailable"}' }, 'unknown'],
    ['<html>status 200</html>', 'unknown'],
    ['[[1', 'unknown'],
    [{ cut: '[[1]' }, 'unknown'],
    ['reset', 'unknown'],
  ] as [Answer, string][])('%j is %s and never sent again', async (answer, kind) => {
    at.server.on(SET, () => answer);
    expect((await at.venue.setCollateral(collateralIntent('50'))).kind).toBe(kind);
    expect(at.server.to(SET)).toHaveLength(1);
  });

  test('a refusal keeps its code and words', async () => {
    at.server.on(SET, () => refusal(110202, 'collateral: market risk'));
    expect(await at.venue.setCollateral(collateralIntent('50'))).toEqual({
      kind: 'rejected',
      code: '110202',
      reason: 'collateral: market risk',
      isAboutAmount: true,
    });
  });

  test.each([
    [refusal(110202, 'collateral: market risk'), true],
    [refusal(10001, 'Invalid collateral'), true],
    [refusal(10020, 'collateral: invalid'), true],
    ['[]', true],
    ['[[0]]', true],
    [refusal(10114, 'nonce: small'), undefined],
    [refusal(10100, 'apikey: invalid'), undefined],
    [refusal(11000, 'not ready'), undefined],
    [refusal(11010, 'ratelimit: error'), undefined],
    [refusal(20060, 'maintenance'), undefined],
    ['{"error":"ERR_RATE_LIMIT"}', undefined],
  ] as [Answer, true | undefined][])('%j speaks of the amount: %s', async (answer, isAbout) => {
    at.server.on(SET, () => answer);
    const outcome = await at.venue.setCollateral(collateralIntent('50'));
    expect(outcome.kind === 'rejected' ? outcome.isAboutAmount : 'not rejected').toBe(isAbout);
  });

  test('no reply within the deadline is unknown, and sent once', async () => {
    at.server.on(SET, () => 'hang');
    const writing = at.venue.setCollateral(collateralIntent('50'));
    await until(() => at.server.to(SET).length === 1);
    at.clock.advance(45_000);
    expect((await writing).kind).toBe('unknown');
    expect(at.server.to(SET)).toHaveLength(1);
  });

  test('a small nonce proves that nothing happened: signed once more, then rejected', async () => {
    at.server.inOrder(SET, refusal(10114, 'nonce: small'), '[[1]]');
    expect((await at.venue.setCollateral(collateralIntent('50'))).kind).toBe('confirmed');
    at.server.on(SET, () => refusal(10114, 'nonce: small'));
    const outcome = await at.venue.setCollateral(collateralIntent('50'));
    expect(outcome).toMatchObject({ kind: 'rejected', code: '10114' });
    expect(at.server.to(SET)).toHaveLength(4);
    const nonces = at.server.to(SET).map(({ nonce }) => nonce);
    expect(nonces).toEqual([...new Set(nonces)].sort((a, b) => a - b));
    expect(at.log.lines.join()).toContain('nonce refused twice');
  });

  test('with nobody listening nothing was sent: denied, not unknown', async () => {
    const gone = await setUp({ restUrl: 'http://127.0.0.1:1', clock: new FakeClock() });
    expect((await gone.venue.setCollateral(collateralIntent('50'))).kind).toBe('denied');
    await gone.close();
  });

  test('without a durable nonce nothing is signed', async () => {
    const counter = { reserveAbove: () => Promise.reject(new Error('disk full')) };
    const full = await setUp({ counter, clock: new FakeClock() });
    const outcome = await full.venue.setCollateral(collateralIntent('50'));
    expect(outcome).toMatchObject({ kind: 'denied', reason: expect.stringContaining('disk full') });
    expect(full.server.requests).toHaveLength(0);
    await full.close();
  });

  test.each([
    ['0', {}],
    ['-5', {}],
    ['1.123456789', {}],
    ['NaN', {}],
    ['Infinity', {}],
    ['5', { symbol: parseSymbol('tBTCF0:EUTF0') }],
  ])('%s %j is denied before anything is sent', async (toUsd, changes) => {
    expect((await at.venue.setCollateral(collateralIntent(toUsd, changes))).kind).toBe('denied');
    expect(at.server.requests).toHaveLength(0);
  });

  test('while the venue limits us writes are denied, not kept for later', async () => {
    at.server.on(SET, () => '{"error":"ERR_RATE_LIMIT"}');
    const first = await at.venue.setCollateral(collateralIntent('50'));
    expect(first).toMatchObject({ kind: 'rejected', code: 'rate_limited' });
    expect((await at.venue.setCollateral(collateralIntent('50'))).kind).toBe('denied');
    expect(at.server.to(SET)).toHaveLength(1);
  });

  test('a bare 429 proves nothing about a write', async () => {
    at.server.on(SET, () => ({ status: 429, text: '<html>' }));
    expect((await at.venue.setCollateral(collateralIntent('50'))).kind).toBe('unknown');
  });

  test('ninety writes a minute go out without waiting, the next one is denied', async () => {
    at.server.on(SET, () => '[[1]]');
    for (let i = 0; i < 90; i += 1) await at.venue.setCollateral(collateralIntent('50'));
    expect(at.server.to(SET)).toHaveLength(90);
    expect((await at.venue.setCollateral(collateralIntent('50'))).kind).toBe('denied');
  });
});

describe('reducing a position', () => {
  const order = (cid: number, id = 214385958126) =>
    `[${id},null,${cid},"${BTC}",1,1,-0.5,-0.5,"MARKET",null,null,null,1024,"ACTIVE",0,0,0,0]`;
  const notice = (status: string, data = 'null', text = 'x', code = 'null') =>
    `[1754896394,"on-req",null,null,${data},${code},"${status}","${text}"]`;

  test('is a reduce-only market order against the side, with leverage and cid', async () => {
    at.server.on(SUBMIT, () => notice('SUCCESS', `[${order(77)}]`));
    const outcome = await at.venue.reducePosition(reduceIntent());
    expect(outcome).toEqual({ kind: 'confirmed', detail: 'order 214385958126' });
    expect(JSON.parse(at.server.to(SUBMIT)[0]?.body ?? '')).toEqual({
      type: 'MARKET',
      symbol: BTC,
      amount: '-0.5',
      lev: 7,
      flags: 1024,
      cid: 77,
    });
  });

  test('buys back a short, and closes a whole position with the flag for it', async () => {
    at.server.on(SUBMIT, () => notice('SUCCESS'));
    await at.venue.reducePosition(reduceIntent({ side: 'short', quantity: new Decimal(2) }));
    const body = JSON.parse(at.server.to(SUBMIT)[0]?.body ?? '');
    expect(body).toMatchObject({ amount: '2', flags: 1536 });
  });

  test.each([
    [notice('SUCCESS', `[${order(77)}]`), 'confirmed'],
    [notice('SUCCESS', order(77)), 'confirmed'],
    [notice('SUCCESS'), 'confirmed'],
    [notice('SUCCESS', `[${order(78)}]`), 'unknown'],
    [notice('SUCCESS', '[["odd"]]'), 'unknown'],
    [notice('ERROR', 'null', 'Invalid order', '10001'), 'rejected'],
    [notice('FAILURE'), 'rejected'],
    [notice('PENDING'), 'unknown'],
    ['[[1]]', 'unknown'],
    ['<html>', 'unknown'],
    [refusal(10001, 'Invalid order: not enough tradable balance'), 'rejected'],
    ['reset', 'unknown'],
  ] as [Answer, string][])('the answer %j is %s', async (answer, kind) => {
    at.server.on(SUBMIT, () => answer);
    expect((await at.venue.reducePosition(reduceIntent())).kind).toBe(kind);
    expect(at.server.to(SUBMIT)).toHaveLength(1);
  });

  test.each([
    [{ quantity: new Decimal('2.00000001') }, 77],
    [{ quantity: new Decimal(0) }, 77],
    [{ quantity: new Decimal(-1) }, 77],
    [{ quantity: new Decimal('0.000000001') }, 77],
    [{ leverage: 0 }, 77],
    [{ leverage: 101 }, 77],
    [{ leverage: 9.9 }, 77],
    [{ symbol: parseSymbol('tBTCF0:EUTF0') }, 77],
    [{}, 2 ** 45],
    [{}, 0],
  ])('%j with cid %d is denied before anything is sent', async (changes, cid) => {
    expect((await at.venue.reducePosition(reduceIntent(changes, 0, cid))).kind).toBe('denied');
    expect(at.server.requests).toHaveLength(0);
  });
});

test('key and secret appear in no log line, error or outcome', async () => {
  at.server.on(SET, () => 'reset');
  at.server.on('v2/auth/r/permissions', () => refusal(10100, 'apikey: invalid'));
  const seen: unknown[] = [await at.venue.setCollateral(collateralIntent('50'))];
  seen.push(await at.venue.checkKey().catch((error) => [error.message, String(error.cause)]));
  expect(JSON.stringify([seen, at.log.lines])).not.toMatch(/canary/);
});
