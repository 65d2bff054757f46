import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Rig, sign, startRig } from './rig.ts';

const PATHS = [
  '/v2/platform/status',
  '/v2/status/deriv?keys=ALL',
  '/sim/state',
  '/sim/log',
  '/ws/2',
];

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ positions: 3 });
});
afterAll(() => rig.close());

const host = () => new URL(rig.exchange.url).host;
const port = () => new URL(rig.exchange.url).port;
const foreign = (): readonly Record<string, string>[] => [
  { host: 'evil.example' },
  { host: `evil.example:${port()}` },
  { host: '127.0.0.1.evil.example' },
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'http://127.0.0.1:1' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
];

describe('a foreign page', () => {
  test.each(PATHS)('with another Host, Origin or site is refused at %s', async (path) => {
    for (const headers of foreign()) {
      const answer = await http(path, { headers });
      expect([answer.status, headers]).toEqual([403, headers]);
    }
  });

  test('cannot place an order with a signature that would count', async () => {
    const [path, body, nonce] = ['v2/auth/r/wallets', '{}', String(rig.nextNonce())];
    const headers = {
      'content-type': 'application/json',
      'bfx-nonce': nonce,
      'bfx-apikey': 'demo-key',
      'bfx-signature': sign(`/api/${path}${nonce}${body}`),
    };
    const call = { method: 'POST', headers: { ...headers, origin: 'https://evil.example' }, body };
    expect((await http(`/${path}`, call)).status).toBe(403);
    expect((await http(`/${path}`, { method: 'POST', headers, body })).status).toBe(200);
  });

  test('opens no WebSocket', async () => {
    for (const headers of foreign()) {
      expect([await upgrade(headers), headers]).toEqual([403, headers]);
    }
  });

  test('steers nothing, not even by text that is JSON inside', async () => {
    const before = (await rig.get('/sim/fault')).json;
    const body = JSON.stringify({ kind: 'error_500_before', count: 3 });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', '']) {
      const headers: Record<string, string> = type === '' ? {} : { 'content-type': type };
      expect((await http('/sim/fault', { method: 'POST', headers, body })).status).toBe(415);
    }
    const headers = { 'content-type': 'application/json', origin: 'https://evil.example' };
    expect((await http('/sim/fault', { method: 'POST', headers, body })).status).toBe(403);
    expect((await http('/%73im/fault', { method: 'POST', body })).status).toBe(415);
    expect((await rig.get('/sim/fault')).json).toEqual(before);
  });
});

describe('who may come in', () => {
  test('programs without Origin, and whoever the simulator itself served', async () => {
    expect((await http('/sim/state')).status).toBe(200);
    const own = { origin: rig.exchange.url, 'sec-fetch-site': 'same-origin' };
    expect((await http('/sim/state', { headers: own })).status).toBe(200);
    expect((await http('/sim/state', { headers: { host: `localhost:${port()}` } })).status).toBe(
      200,
    );
    expect(await upgrade({ origin: rig.exchange.url })).toBe(101);
    const json = { 'content-type': 'application/json; charset=utf-8' };
    const body = JSON.stringify({ kind: 'none' });
    expect((await http('/sim/fault', { method: 'POST', headers: json, body })).status).toBe(200);
  });

  test('only from this machine', () => {
    expect(host()).toMatch(/^127\.0\.0\.1:\d+$/);
  });
});

describe('what is no proper request', () => {
  test('a body over the limit is answered with 413, and the next request is served', async () => {
    const body = 'x'.repeat(3 * 1024 * 1024);
    expect((await http('/v2/auth/r/wallets', { method: 'POST', body })).status).toBe(413);
    expect((await http('/sim/state')).status).toBe(200);
  });

  test('a path that cannot be decoded names nothing', async () => {
    expect((await http('/%zz')).status).toBe(404);
  });
});

function http(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<{ status: number }> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const call = request(rig.exchange.url + path, { method, headers, agent: false }, (response) => {
      response.resume();
      response.on('end', () => resolve({ status: response.statusCode ?? 0 }));
    });
    call.on('error', reject);
    call.end(body);
  });
}

/** The status that an attempt to open a WebSocket is answered with. */
function upgrade(headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(rig.exchange.wsUrl, { headers });
    socket.on('error', reject);
    socket.on('unexpected-response', (_, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    socket.on('open', () => {
      socket.terminate();
      resolve(101);
    });
  });
}
