import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunningTelegram } from '../../../src/sim/telegram/index.ts';
import { BOT_TOKEN, http, postJson, startServer } from './rig.ts';

let telegram: RunningTelegram;
const at = (path: string) => `${telegram.apiRoot}${path}`;
const host = () => new URL(telegram.apiRoot).host;

beforeEach(async () => {
  telegram = await startServer();
});

afterEach(async () => {
  await telegram.close();
});

const PATHS = ['/', '/api/messages', '/api/events', `/bot${BOT_TOKEN}/getMe`, '/media/x'];

describe('a foreign page', () => {
  test.each(PATHS)('with another Host, Origin or site is refused at %s', async (path) => {
    const foreign: ReadonlyArray<Record<string, string>> = [
      { host: 'evil.example' },
      { host: `evil.example:${new URL(telegram.apiRoot).port}` },
      { host: '127.0.0.1.evil.example' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://127.0.0.1:1' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      const { status, text } = await http(at(path), { headers });
      expect([status, JSON.stringify(headers)]).toEqual([403, JSON.stringify(headers)]);
      expect(JSON.parse(text).error).not.toBe('');
    }
  });

  test('cannot press a button or speak, not even by text that is JSON inside', async () => {
    const body = JSON.stringify({ text: '/rebalance' });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', '']) {
      const headers: Record<string, string> = type === '' ? {} : { 'content-type': type };
      const answer = await http(at('/api/send'), { method: 'POST', headers, body });
      expect(answer.status).toBe(415);
    }
    const origin = { origin: 'https://evil.example' };
    expect((await postJson(at('/api/send'), { text: 'x' }, origin)).status).toBe(403);
    expect(telegram.core.messages('owner')).toEqual([]);
  });
});

describe('who may come in', () => {
  test('programs without Origin, and our own page', async () => {
    expect((await http(at('/api/messages'))).status).toBe(200);
    const own = { origin: telegram.apiRoot, 'sec-fetch-site': 'same-origin' };
    expect((await postJson(at('/api/send'), { text: 'x' }, own)).status).toBe(200);
    const headers = { host: `localhost:${new URL(telegram.apiRoot).port}` };
    expect((await http(at('/api/messages'), { headers })).status).toBe(200);
  });

  test('somebody who follows a link to the page, but to nothing else', async () => {
    const headers = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect((await http(at('/'), { headers })).status).toBe(200);
    expect((await http(at('/api/messages'), { headers })).status).toBe(403);
    const framed = { ...headers, 'sec-fetch-dest': 'iframe' };
    expect((await http(at('/'), { headers: framed })).status).toBe(403);
  });

  test('only from this machine', () => {
    expect(host()).toMatch(/^127\.0\.0\.1:\d+$/);
  });

  test('the page comes with a policy that runs nothing foreign', async () => {
    const { headers } = await http(at('/'));
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('the market panel', () => {
  let market: Server;
  let withMarket: RunningTelegram;
  const heard: Array<{ path: string; body: string }> = [];

  beforeEach(async () => {
    heard.length = 0;
    market = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += String(chunk);
      });
      request.on('end', () => {
        heard.push({ path: `${request.method} ${request.url}`, body });
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end('{"equity":"12.50"}');
      });
    });
    await new Promise<void>((resolve) => {
      market.listen(0, '127.0.0.1', resolve);
    });
    const { port } = market.address() as AddressInfo;
    withMarket = await startServer({ marketUrl: `http://127.0.0.1:${port}` });
  });

  afterEach(async () => {
    await withMarket.close();
    market.closeAllConnections();
    market.close();
  });

  test('passes state, shocks and faults through', async () => {
    const state = await http(`${withMarket.apiRoot}/api/market`);
    expect(state).toMatchObject({ status: 200, text: '{"equity":"12.50"}' });
    await postJson(`${withMarket.apiRoot}/api/shock`, { symbol: '*', pct: -10, seconds: 5 });
    await postJson(`${withMarket.apiRoot}/api/fault`, { kind: 'http_500', count: 2 });
    expect(heard).toEqual([
      { path: 'GET /sim/state', body: '' },
      { path: 'POST /sim/shock', body: '{"symbol":"*","pct":-10,"seconds":5}' },
      { path: 'POST /sim/fault', body: '{"kind":"http_500","count":2}' },
    ]);
  });

  test('says so when there is no market, or when it is gone', async () => {
    const none = await http(at('/api/market'));
    expect([none.status, JSON.parse(none.text).error]).toEqual([
      503,
      expect.stringContaining('no market is connected'),
    ]);
    market.closeAllConnections();
    market.close();
    const gone = await postJson(`${withMarket.apiRoot}/api/shock`, { symbol: '*', pct: 1 });
    expect(gone.status).toBe(503);
    expect(gone.text).toContain('does not answer');
  });
});
