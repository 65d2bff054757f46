import { connect } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunningTelegram } from '../../../src/sim/telegram/index.ts';
import { BOT_TOKEN, http, postJson, startServer } from './rig.ts';

let telegram: RunningTelegram;
const at = (path: string) => `${telegram.apiRoot}${path}`;

beforeEach(async () => {
  telegram = await startServer();
});

afterEach(async () => {
  expect((await http(at('/api/messages'))).status).toBe(200);
  await telegram.close();
});

describe('a request that makes no sense', () => {
  test.each([
    '//',
    'http://[',
    'http://:99999/',
    '/%zz',
    '/media/%E0%A4%A',
    '/bot%zz/getMe',
    `/file/bot${BOT_TOKEN}/%ff`,
    `/bot${BOT_TOKEN}/getMe%`,
  ])('is refused with 400 when its target is %s', async (target) => {
    expect(await statusOf(`GET ${target} HTTP/1.1`)).toBe(400);
  });

  test.each(['GET', 'GET / HTTP/9.9', '\u0000\u0001', `GET /${'x'.repeat(100_000)} HTTP/1.1`])(
    'is refused when its first line is not HTTP',
    async (line) => {
      expect(await statusOf(line)).toBeGreaterThanOrEqual(400);
    },
  );

  test.each([
    ['/api/send', '{"text":'],
    ['/api/send', '[]'],
    ['/api/send', 'null'],
    ['/api/send', '['.repeat(30_000)],
    ['/api/tap', '{"messageId":1e999,"data":"x"}'],
    ['/api/file', '{"name":"a","content":"***"}'],
  ])('is refused with 400 when %s gets %.20s', async (path, body) => {
    const headers = { 'content-type': 'application/json' };
    expect((await http(at(path), { method: 'POST', headers, body })).status).toBe(400);
  });

  test.each([
    ['application/json', '{"chat_id":'],
    ['application/json', '['.repeat(100_000)],
    ['multipart/form-data', 'no boundary'],
    ['multipart/form-data; boundary=x', '--x\r\nno end of headers'],
    ['multipart/form-data; boundary=x', '--x\r\n\r\n\r\n--x--'],
  ])('is refused with 400 when the Bot API gets %s with a broken body', async (type, body) => {
    const headers = { 'content-type': type };
    const answer = await http(at(`/bot${BOT_TOKEN}/sendMessage`), {
      method: 'POST',
      headers,
      body,
    });
    expect(answer.status).toBe(400);
  });
});

describe('a body over the limit', () => {
  test('is answered with 413 at the automation interface and at the Bot API', async () => {
    const long = await postJson(at('/api/send'), { text: 'x'.repeat(5_000_000) });
    expect(long.status).toBe(413);
    const body = Buffer.alloc(53 * 1024 * 1024).toString('latin1');
    const headers = { 'content-type': 'application/json' };
    const call = { method: 'POST', headers, body };
    expect((await http(at(`/bot${BOT_TOKEN}/sendMessage`), call)).status).toBe(413);
  });

  test('that does not end is cut off and harms nobody else', async () => {
    const { hostname, port } = new URL(telegram.apiRoot);
    const socket = connect(Number(port), hostname);
    const head = `POST /api/send HTTP/1.1\r\nHost: ${hostname}:${port}\r\n`;
    socket.write(`${head}Content-Type: application/json\r\nContent-Length: 999999999\r\n\r\n`);
    const cut = new Promise<void>((resolve) => {
      socket.on('error', () => resolve());
      socket.on('close', () => resolve());
    });
    const part = Buffer.alloc(1024 * 1024, 'x');
    let written = 0;
    while (!socket.destroyed && written < 500) {
      written += 1;
      if (!socket.write(part)) {
        await Promise.race([cut, new Promise((resolve) => socket.once('drain', resolve))]);
      }
    }
    await cut;
    expect(written).toBeLessThan(500);
  });
});

test('a file whose name is half a character can be downloaded', async () => {
  const content = Buffer.from('x').toString('base64');
  const sent = await postJson(at('/api/file'), { name: 'a\ud800.txt', content });
  const url = JSON.stringify(JSON.parse(sent.text)).match(/\/media\/[^"]+/)?.[0];
  expect(url).toBeDefined();
  expect((await http(at(url ?? ''))).status).toBe(200);
});

describe('whatever comes', () => {
  const METHODS = ['sendMessage', 'editMessageText', 'sendPhoto', 'setMyCommands', 'getUpdates'];
  const FIELDS = ['chat_id', 'text', 'message_id', 'reply_markup', 'commands', 'entities', 'photo'];

  test('the Bot API answers as an API does and never fails', async () => {
    const payload = fc.dictionary(fc.constantFrom(...FIELDS), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...METHODS), payload, async (method, fields) => {
        const reply = await postJson(at(`/bot${BOT_TOKEN}/${method}`), { ...fields, timeout: 0 });
        expect([200, 400, 403, 404, 429]).toContain(reply.status);
        expect(JSON.parse(reply.text)).toHaveProperty('ok');
      }),
      { numRuns: 300 },
    );
  });
});

/** The status of what comes back for a request whose first line is sent as it is. */
function statusOf(line: string): Promise<number> {
  const { hostname, port } = new URL(telegram.apiRoot);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (chunk) => {
      text += String(chunk);
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0)));
    socket.write(`${line}\r\nHost: ${hostname}:${port}\r\nConnection: close\r\n\r\n`);
  });
}
