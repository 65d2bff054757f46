import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type PerpSymbol, parseSymbol } from '../../../src/core/symbol.ts';
import { FakeClock } from './fake-clock.ts';
import type { Peer } from './scripted-server.ts';
import { BTC, ETH, type Setup, SOL, setUp, until } from './setup.ts';

let at: Setup;
let nextChanId = 100;

/** Answers like the venue; the account's socket is left alone. */
function behave(peer: Peer, message: Record<string, unknown>): void {
  if (message['event'] === 'subscribe') {
    nextChanId += 1;
    peer.say({ event: 'subscribed', channel: 'status', chanId: nextChanId, key: message['key'] });
  }
  if (message['event'] === 'unsubscribe') {
    peer.say({ event: 'unsubscribed', status: 'OK', chanId: message['chanId'] });
  }
  if (message['event'] === 'ping') peer.say({ event: 'pong', ts: 1, cid: message['cid'] });
}

beforeEach(async () => {
  nextChanId = 100;
  at = await setUp({ clock: new FakeClock() });
  at.server.onMessage = behave;
});
afterEach(() => at.close());

const publicPeers = () => at.server.peers.filter(({ url }) => url.includes('public'));
const openPeers = () => publicPeers().filter(({ isOpen }) => isOpen);
const told = () =>
  at.events.flatMap((event) =>
    'channel' in event && event.channel === 'public' && event.type !== 'bad_frame'
      ? [event.type]
      : [],
  );
const marks = () =>
  at.events.flatMap((event) =>
    event.type === 'mark' ? [[event.mark.symbol, event.mark.price.toFixed()]] : [],
  );
const keys = (peer: Peer, kind: string) =>
  peer.received.filter(({ event }) => event === kind).map(({ key, chanId }) => key ?? chanId);
const count = (type: string) => at.events.filter((event) => event.type === type).length;
const frame = (chanId: number, mark: string, mts = 1596124822000) =>
  `[${chanId},[${mts},null,1,1,null,1,null,1,1,6,null,1,null,null,${mark},null,null,1]]`;
const many = (n: number) =>
  new Set<PerpSymbol>(Array.from({ length: n }, (_, i) => parseSymbol(`tC${i}F0:USTF0`)));
/** Lets time pass in steps short enough for pings to be answered on the way. */
async function passTime(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5_000) {
    at.clock.advance(5_000);
    for (const peer of openPeers()) peer.say('[0,"hb"]');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
const begin = (symbols: ReadonlySet<PerpSymbol>) => {
  at.feed.subscribeMarks(symbols);
  at.feed.start((event) => at.events.push(event));
};

describe('marks', () => {
  test('of subscribed symbols arrive with the price’s own digits', async () => {
    begin(new Set([BTC, ETH]));
    await until(() => told().includes('up'));
    const [peer] = publicPeers();
    expect(peer?.received[0]).toEqual({
      event: 'subscribe',
      channel: 'status',
      key: `deriv:${BTC}`,
    });
    peer?.say(frame(101, '0.015486090000000001'));
    peer?.say('[101,"hb"]');
    peer?.say(frame(102, '1e3'));
    await until(() => marks().length === 2);
    expect(marks()).toEqual([
      [BTC, '0.015486090000000001'],
      [ETH, '1000'],
    ]);
    expect(count('bad_frame')).toBe(0);
  });

  test.each([
    '<html>gateway</html>',
    '[101',
    '{"event":"dance"}',
    '[[1]]',
    frame(101, 'null'),
    frame(101, '0'),
    frame(101, '-5'),
    frame(101, '1e99'),
    frame(101, 'NaN'),
    frame(101, '7', 0),
    '[101,[1,[2]]]',
  ])('the frame %s is reported and changes nothing', async (text) => {
    begin(new Set([BTC]));
    await until(() => told().includes('up'));
    publicPeers()[0]?.say(text);
    publicPeers()[0]?.say(frame(101, '42'));
    await until(() => marks().length === 1);
    expect(count('bad_frame')).toBe(1);
    expect(marks()).toEqual([[BTC, '42']]);
  });

  test('a flood of garbage is counted, not passed on', async () => {
    begin(new Set([BTC]));
    await until(() => told().includes('up'));
    for (let i = 0; i < 500; i += 1) publicPeers()[0]?.say('garbage');
    publicPeers()[0]?.say(frame(101, '42'));
    await until(() => marks().length === 1);
    expect(count('bad_frame')).toBe(20);
  });
});

describe('subscriptions', () => {
  test('change by difference: what is new is asked for, what is old is left', async () => {
    begin(new Set([BTC, ETH]));
    await until(() => told().includes('up'));
    const [peer] = publicPeers();
    at.feed.subscribeMarks(new Set([ETH, SOL]));
    await until(() => (peer ? keys(peer, 'subscribe').length : 0) === 3);
    expect(peer && keys(peer, 'unsubscribe')).toEqual([101]);
    peer?.say(frame(101, '1'));
    peer?.say(frame(103, '2'));
    await until(() => marks().length === 1);
    expect(marks()).toEqual([[SOL, '2']]);
    expect(told()).toEqual(['up']);
  });

  test('a symbol dropped while its subscription is under way is left once it is live', async () => {
    at.server.onMessage = () => undefined;
    begin(new Set([BTC]));
    await until(() => publicPeers()[0]?.received.length === 1);
    at.feed.subscribeMarks(new Set());
    publicPeers()[0]?.say({ event: 'subscribed', chanId: 5, key: `deriv:${BTC}` });
    await until(() => publicPeers()[0]?.received.length === 2);
    expect(publicPeers()[0]?.received[1]).toEqual({ event: 'unsubscribe', chanId: 5 });
  });

  test('at most 25 channels share a connection, and up means all of them', async () => {
    begin(many(60));
    await until(() => told().includes('up'));
    expect(openPeers().map((peer) => keys(peer, 'subscribe').length)).toEqual([25, 25, 10]);
    at.feed.subscribeMarks(many(10));
    await until(() => openPeers().length === 1);
    expect(told()).toEqual(['up']);
  });

  test('a refused one is not taken for live and is asked for again', async () => {
    let refusals = 1;
    at.server.onMessage = (peer, message) => {
      if (message['event'] === 'subscribe' && message['key'] === `deriv:${ETH}` && refusals-- > 0) {
        peer.say({ ...message, event: 'error', msg: 'subscribe: limit', code: 10300 });
      } else behave(peer, message);
    };
    begin(new Set([BTC, ETH]));
    await until(() => told().includes('up'));
    const [peer] = publicPeers();
    expect(peer && keys(peer, 'subscribe')).toHaveLength(2);
    at.clock.advance(5_000);
    await until(() => (peer ? keys(peer, 'subscribe').length : 0) === 3);
    await until(() => nextChanId === 102);
    peer?.say(frame(102, '9'));
    await until(() => marks().length === 1);
    expect(marks()).toEqual([[ETH, '9']]);
    expect(at.log.lines.join()).toContain('subscription refused');
  });

  test('one that is never answered is asked for again', async () => {
    at.server.onMessage = () => undefined;
    begin(new Set([BTC]));
    await until(() => publicPeers()[0]?.received.length === 1);
    expect(told()).toEqual([]);
    at.clock.advance(14_000);
    const asked = () => publicPeers().flatMap((peer) => keys(peer, 'subscribe'));
    await until(() => asked().length === 2);
  });

  test('with nothing to stream the channel counts as up', async () => {
    begin(new Set());
    await until(() => told().length === 1);
    expect(told()).toEqual(['up']);
    expect(publicPeers()).toHaveLength(0);
  });
});

describe('connections', () => {
  test('a dropped one comes back, subscribes again and says so', async () => {
    begin(new Set([BTC]));
    await until(() => told().includes('up'));
    publicPeers()[0]?.drop();
    await until(() => told().includes('down'));
    at.clock.advance(1_000);
    await until(() => told().length === 3);
    expect(told()).toEqual(['up', 'down', 'up']);
    publicPeers()[1]?.say(frame(102, '5'));
    await until(() => marks().length === 1);
  });

  test('a half-open one is noticed within 30 seconds of silence', async () => {
    begin(new Set([BTC]));
    await until(() => told().includes('up'));
    at.server.onMessage = () => undefined;
    at.clock.advance(20_000);
    expect(told()).toEqual(['up']);
    at.clock.advance(10_000);
    expect(told()).toEqual(['up', 'down']);
    await until(() => publicPeers()[0]?.isOpen === false);
  });

  test('one that answers pings stays, however quiet the market', async () => {
    begin(new Set([BTC]));
    await until(() => told().includes('up'));
    const pings = () => publicPeers()[0]?.received.filter(({ event }) => event === 'ping').length;
    for (let i = 1; i <= 6; i += 1) {
      at.clock.advance(10_000);
      await until(() => pings() === i);
      publicPeers()[0]?.say('[101,"hb"]');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(told()).toEqual(['up']);
  });

  test('a venue that refuses connections is tried for ever, with growing pauses', async () => {
    begin(new Set([BTC]));
    await until(() => told().includes('up'));
    at.server.onMessage = () => undefined;
    const waits: number[] = [];
    const downs = () => at.log.lines.filter((line) => /will reconnect.*public/.test(line));
    for (let i = 0; i < 9; i += 1) {
      const before = publicPeers().length;
      publicPeers().at(-1)?.drop();
      await until(() => downs().length > i);
      waits.push(Number(/"waitMs":(\d+)/.exec(downs().at(-1) ?? '')?.[1]));
      at.clock.advance(60_000);
      await until(() => publicPeers().length > before);
    }
    expect(waits.slice(0, 4)).toEqual([375, 750, 1_500, 3_000]);
    expect(Math.max(...waits)).toBeLessThanOrEqual(60_000);
    expect(told().filter((type) => type === 'down')).toHaveLength(1);
  });

  test('never opens more than 20 in a minute', async () => {
    begin(many(25 * 22));
    await until(() => publicPeers().length >= 16);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(publicPeers().length).toBeLessThanOrEqual(20);
    expect(told()).toEqual([]);
    await passTime(66_000);
    await until(() => told().includes('up'));
    expect(publicPeers()).toHaveLength(22);
  });

  test('info 20051 makes it reconnect', async () => {
    begin(new Set([BTC]));
    await until(() => told().includes('up'));
    publicPeers()[0]?.say({ event: 'info', code: 20051, msg: 'Stopping' });
    await until(() => told().includes('down'));
    at.clock.advance(1_000);
    await until(() => told().length === 3);
  });

  test('maintenance is told, and everything subscribed again after it', async () => {
    begin(new Set([BTC, ETH]));
    await until(() => told().includes('up'));
    const [peer] = publicPeers();
    peer?.say({ event: 'info', code: 20060 });
    peer?.say({ event: 'info', code: 20060 });
    peer?.say({ event: 'info', code: 20061 });
    await until(() => (peer ? keys(peer, 'subscribe').length : 0) === 4);
    const active = at.events.flatMap((event) => (event.type === 'maintenance' ? event.active : []));
    expect(active).toEqual([true, false]);
    expect(peer && keys(peer, 'unsubscribe')).toEqual([101, 102]);
    await until(() => nextChanId === 104);
    peer?.say(frame(104, '6'));
    await until(() => marks().length === 1);
  });

  test('a greeting with status 0 means maintenance until one says otherwise', async () => {
    at.server.greeting = null;
    begin(new Set([BTC]));
    await until(() => told().includes('up'));
    publicPeers()[0]?.say({ event: 'info', version: 2, platform: { status: 0 } });
    await until(() => count('maintenance') === 1);
    publicPeers()[0]?.drop();
    await until(() => told().includes('down'));
    at.clock.advance(1_000);
    await until(() => told().length === 3);
    expect(count('maintenance')).toBe(1);
    publicPeers()[1]?.say({ event: 'info', version: 2, platform: { status: 1 } });
    await until(() => count('maintenance') === 2);
  });
});
