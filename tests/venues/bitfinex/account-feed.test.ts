import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FakeClock } from './fake-clock.ts';
import { API_KEY, API_SECRET, type Peer } from './scripted-server.ts';
import { BTC, collateralIntent, type Setup, SOL_ROW, setUp, until } from './setup.ts';

const CAPS = { orders: { read: 1, write: 1 }, withdraw: { read: 0, write: 0 } };
const OK = { event: 'auth', status: 'OK', chanId: 0, userId: 1, caps: CAPS };
let at: Setup;
let authAnswer: object | null = OK;

beforeEach(async () => {
  authAnswer = OK;
  at = await setUp({ clock: new FakeClock() });
  at.server.onMessage = (peer, message) => {
    if (message['event'] === 'auth' && authAnswer) peer.say(authAnswer);
    if (message['event'] === 'ping') peer.say({ event: 'pong', cid: message['cid'] });
  };
  at.feed.start((event) => at.events.push(event));
});
afterEach(() => at.close());

const accountPeers = () => at.server.peers.filter(({ url }) => url.includes('account'));
const peer = (): Peer => {
  const last = accountPeers().at(-1);
  if (!last) throw new Error('expected a connection');
  return last;
};
const told = () =>
  at.events.flatMap((event) =>
    (event.type === 'up' || event.type === 'down') && event.channel === 'account'
      ? [event.type]
      : [],
  );
const up = () => until(() => told().includes('up'), 'up');
const data = () =>
  at.events.filter(({ type }) => !['up', 'down', 'maintenance', 'bad_frame'].includes(type));
const badFrames = () => at.events.filter(({ type }) => type === 'bad_frame').length;
const calcs = () => peer().received.filter((message) => Array.isArray(message));
const changed = (cells: Record<number, unknown>) =>
  JSON.stringify(
    (JSON.parse(SOL_ROW) as unknown[]).map((cell, i) => (i in cells ? cells[i] : cell)),
  );
/** Sends frames, then one that is known to be read, and waits for it. */
async function said(...frames: string[]): Promise<void> {
  const wallets = () => data().filter(({ type }) => type === 'wallet').length;
  const before = wallets();
  for (const frame of frames) peer().say(frame);
  peer().say('[0,"wu",["margin","USTF0",1,0,1,"",null]]');
  await until(() => wallets() > before);
  at.events.splice(
    at.events.findLastIndex(({ type }) => type === 'wallet'),
    1,
  );
}

describe('authentication', () => {
  test('signs AUTH and the nonce, and never asks to cancel orders on disconnect', async () => {
    await up();
    const [auth] = peer().received;
    const payload = `AUTH${auth?.['authNonce']}`;
    expect(auth).toEqual({
      event: 'auth',
      apiKey: API_KEY,
      authNonce: auth?.['authNonce'],
      authPayload: payload,
      authSig: createHmac('sha384', API_SECRET).update(payload).digest('hex'),
    });
  });

  test('takes its nonce from the same source as REST', async () => {
    await up();
    at.server.on('v2/auth/w/deriv/collateral/set', () => '[[1]]');
    await at.venue.setCollateral(collateralIntent('5'));
    const used = [Number(peer().received[0]?.['authNonce']), at.server.requests[0]?.nonce ?? 0];
    expect(used[1]).toBeGreaterThan(used[0] ?? 0);
  });

  test('a key that may withdraw is refused, and nothing is taken from its connection', async () => {
    await up();
    for (const caps of [
      { withdraw: { read: 0, write: 1 } },
      { withdraw: { read: 1, write: 0 } },
      { ui_withdraw: { read: 0, write: 1 } },
      { withdraw: 1 },
    ]) {
      at.events.length = 0;
      authAnswer = { ...OK, caps };
      const before = accountPeers().length;
      peer().drop();
      at.clock.advance(61_000);
      await until(() => accountPeers().length > before);
      await until(() => peer().isOpen === false);
      expect(told()).not.toContain('up');
    }
    expect(at.log.lines.join()).toContain('may withdraw');
  });

  test('nothing is taken from a connection before it is authenticated', async () => {
    await up();
    authAnswer = null;
    peer().drop();
    await until(() => told().length === 2);
    at.clock.advance(1_000);
    await until(() => accountPeers().length === 2);
    peer().say(`[0,"ps",[${SOL_ROW}]]`);
    peer().say(OK);
    await until(() => told().length === 3);
    expect(data()).toEqual([]);
  });

  test('the reason of a refused key is told, and a patient retry follows', async () => {
    await up();
    authAnswer = { event: 'auth', status: 'FAILED', code: 10100, msg: 'apikey: invalid' };
    peer().drop();
    await until(() => told().length === 2);
    at.clock.advance(1_000);
    await until(() => accountPeers().length === 2 && !peer().isOpen);
    await until(() => at.clock.pendingMs().some((delayMs) => delayMs > 30_000));
    authAnswer = OK;
    at.clock.advance(60_000);
    await until(() => told().length === 3);
    expect(told()).toEqual(['up', 'down', 'up']);
    expect(at.log.lines.join()).toContain('apikey: invalid');
  });

  test('a small nonce is followed by one that is far higher', async () => {
    await up();
    authAnswer = { event: 'auth', status: 'FAILED', code: 10114, msg: 'nonce: small' };
    peer().drop();
    await until(() => told().length === 2);
    at.clock.advance(1_000);
    await until(() => accountPeers().length === 2 && !peer().isOpen);
    const refused = Number(peer().received[0]?.['authNonce']);
    authAnswer = OK;
    at.clock.advance(1_000);
    await until(() => told().length === 3);
    expect(Number(peer().received[0]?.['authNonce']) - refused).toBeGreaterThan(2_000_000);
  });

  test('an unanswered one is given up after ten seconds, its lane is free before', async () => {
    await up();
    authAnswer = null;
    peer().drop();
    await until(() => told().length === 2);
    at.clock.advance(1_000);
    await until(() => accountPeers().length === 2 && peer().received.length === 1);
    at.server.on('v2/auth/w/deriv/collateral/set', () => '[[1]]');
    const writing = at.venue.setCollateral(collateralIntent('5'));
    at.clock.advance(1_000);
    expect((await writing).kind).toBe('confirmed');
    at.clock.advance(9_000);
    await until(() => !peer().isOpen);
  });
});

describe('positions', () => {
  test('a snapshot is the whole book', async () => {
    await up();
    await said(`[0,"ps",[${SOL_ROW}]]`);
    const [event] = data();
    expect(event?.type === 'positions' && event.positions.map(({ id }) => id)).toEqual([
      '185729809',
    ]);
  });

  test('an empty snapshot says that there are none', async () => {
    await up();
    await said('[0,"ps",[]]');
    expect(data()).toEqual([{ type: 'positions', positions: [] }]);
  });

  test('a snapshot with a gap is not taken for the book, what it shows is passed on', async () => {
    await up();
    const broken = changed({ 0: BTC, 11: 5, 3: 'x' });
    const unfinished = changed({ 0: 'tETHF0:USTF0', 11: 6, 17: null });
    await said(`[0,"ps",[${SOL_ROW},${broken},${unfinished}]]`);
    expect(data().map(({ type }) => type)).toEqual(['position']);
    expect(badFrames()).toBe(1);
    await until(() => calcs().length === 1);
    expect(calcs()).toEqual([[0, 'calc', null, [['position_tETHF0:USTF0']]]]);
  });

  test('an update carries collateral; heartbeats and sequences do not disturb', async () => {
    await up();
    await said('[0,"hb"]', `[0,"pu",${SOL_ROW},17,4]`);
    const [event] = data();
    expect(event?.type === 'position' && event.position.collateralUsd.toFixed()).toBe(
      '63.96519761',
    );
  });

  test('a null collateral is never passed on as zero: it is asked for, once', async () => {
    await up();
    const row = changed({ 17: null, 18: null });
    await said(`[0,"pu",${row}]`, `[0,"pu",${row}]`, `[0,"pn",${row}]`);
    expect(data()).toEqual([]);
    await until(() => calcs().length === 1);
    expect(calcs()).toEqual([[0, 'calc', null, [['position_tSOLF0:USTF0']]]]);
  });

  test('a closed one is told by symbol and id, and late updates do not revive it', async () => {
    await up();
    await said(`[0,"pc",${changed({ 1: 'CLOSED', 2: 0 })}]`, `[0,"pu",${SOL_ROW}]`);
    await said(`[0,"pc",${changed({ 11: 9, 17: null })}]`);
    expect(data()).toEqual([
      { type: 'position_closed', symbol: 'tSOLF0:USTF0', positionId: '185729809' },
      { type: 'position_closed', symbol: 'tSOLF0:USTF0', positionId: '9' },
    ]);
  });

  test('updates that arrive late or twice leave the newest in place', async () => {
    await up();
    const row = (updatedAt: number, collateral: number) =>
      `[0,"pu",${changed({ 13: updatedAt, 17: collateral })}]`;
    await said(row(2_000, 20), row(1_000, 10), row(3_000, 30), row(2_000, 20), row(3_000, 30));
    const last = data().at(-1);
    expect(last?.type === 'position' && last.position.collateralUsd.toNumber()).toBe(30);
    expect(data()).toHaveLength(3);
  });

  test('margin positions, other currencies and other frames are passed over', async () => {
    await up();
    const margin = changed({ 0: 'tBTCUSD', 15: 0 });
    const euro = changed({ 0: 'tBTCF0:EUTF0' });
    const others = ['[0,"on",[1]]', '[0,"te",[1,2]]', '[0,"n",[1,"on-req"]]', '[0,"bu",[1,1]]'];
    await said(`[0,"pu",${margin}]`, `[0,"pc",${euro}]`, ...others);
    expect(data()).toEqual([]);
    expect(badFrames()).toBe(0);
  });

  test.each([
    '[0,"pu",null]',
    '[0,"pu",[1,2]]',
    '[0,"pu"]',
    `[0,"pu",${changed({ 2: 'NaN' })}]`,
    `[0,"pu",${changed({ 17: 'x' })}]`,
    '[0,"ps",{}]',
    '[0,"wu",["margin","USTF0",null]]',
    '[0,"pu",[',
    'garbage',
    '{"event":1}',
  ])('the frame %s is reported and changes nothing', async (frame) => {
    await up();
    await said(frame);
    expect(badFrames()).toBe(1);
    expect(data()).toEqual([]);
  });
});

describe('the wallet', () => {
  test('is the margin row of the settle currency', async () => {
    await up();
    const rows = '["exchange","UST",8,0,7,"",null],["margin","USTF0",11.9,0,6.7,"",null]';
    await said(`[0,"ws",[${rows}]]`, '[0,"wu",["exchange","UST",9,0,9,"",null]]');
    const [event, ...more] = data();
    expect(more).toEqual([]);
    expect(event?.type === 'wallet' && event.wallet.availableUsd?.toFixed()).toBe('6.7');
  });

  test('keeps an unknown available balance unknown and asks for it', async () => {
    await up();
    await said('[0,"wu",["margin","USTF0",11.9,0,null,"Trading fees",null]]');
    const [event] = data();
    expect(event?.type === 'wallet' && event.wallet.availableUsd).toBeNull();
    await until(() => calcs().length === 1);
    expect(calcs()).toEqual([[0, 'calc', null, [['wallet_margin_USTF0']]]]);
  });
});

describe('the connection', () => {
  test('comes back after a drop, authenticates anew with a higher nonce and says so', async () => {
    await up();
    const first = Number(peer().received[0]?.['authNonce']);
    peer().drop();
    await until(() => told().length === 2);
    at.clock.advance(1_000);
    await until(() => told().length === 3);
    expect(Number(peer().received[0]?.['authNonce'])).toBeGreaterThan(first);
    await said(`[0,"ps",[${SOL_ROW}]]`);
    expect(data()).toHaveLength(1);
  });

  test.each([20051, 20061])('info %i makes it reconnect for fresh snapshots', async (code) => {
    await up();
    peer().say({ event: 'info', code });
    await until(() => told().length === 2);
    at.clock.advance(1_000);
    await until(() => told().length === 3);
    expect(accountPeers()).toHaveLength(2);
  });

  test('a half-open one is noticed within 30 seconds of silence', async () => {
    await up();
    at.server.onMessage = () => undefined;
    at.clock.advance(30_000);
    expect(told()).toEqual(['up', 'down']);
  });

  test('after closing nothing more is told', async () => {
    await up();
    const before = at.events.length;
    await at.feed.close();
    at.clock.advance(120_000);
    expect(at.events).toHaveLength(before);
    expect(accountPeers()).toHaveLength(1);
  });
});
