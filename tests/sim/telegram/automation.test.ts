import { Api } from 'grammy';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OWNER_ID, type RunningTelegram } from '../../../src/sim/telegram/index.ts';
import { BOT_TOKEN, http, postJson, startServer } from './rig.ts';

let telegram: RunningTelegram;
let api: Api;
const at = (path: string) => `${telegram.apiRoot}${path}`;
const getJson = async (path: string) => JSON.parse((await http(at(path))).text);

beforeEach(async () => {
  telegram = await startServer();
  api = new Api(BOT_TOKEN, { apiRoot: telegram.apiRoot });
});

afterEach(async () => {
  await telegram.close();
});

describe('the HTTP interface', () => {
  test('sends, taps, and shows messages and callback answers', async () => {
    const sent = await postJson(at('/api/send'), { text: '/start' });
    expect(sent.status).toBe(200);
    await api.sendMessage(OWNER_ID, '<b>Hi</b>', {
      parse_mode: 'HTML',
      reply_markup: {
        inline_keyboard: [
          [
            { text: 'Cut', callback_data: 'cut', style: 'danger' },
            { text: 'Docs', url: 'https://a.example' },
          ],
        ],
      },
    });
    await api.pinChatMessage(OWNER_ID, 2);
    const tapped = await postJson(at('/api/tap'), { user: 'owner', messageId: 2, data: 'cut' });
    const { id } = JSON.parse(tapped.text);
    await api.answerCallbackQuery(id, { text: 'Done', show_alert: true });
    expect(await getJson('/api/messages')).toMatchObject([
      { id: 1, from: 'owner', text: '/start', caption: null, buttons: [], photo: null },
      {
        id: 2,
        from: 'bot',
        text: 'Hi',
        pinned: true,
        edited: false,
        buttons: [
          [
            { text: 'Cut', data: 'cut', style: 'danger' },
            { text: 'Docs', url: 'https://a.example' },
          ],
        ],
      },
    ]);
    expect(await getJson('/api/alerts')).toMatchObject([{ id, text: 'Done', alert: true }]);
    await api.editMessageText(OWNER_ID, 2, 'Bye');
    expect((await getJson('/api/messages'))[1]).toMatchObject({ edited: true, buttons: [] });
  });

  test('keeps users apart', async () => {
    await postJson(at('/api/send'), { user: 'stranger', text: 'let me in' });
    expect(await getJson('/api/messages')).toEqual([]);
    expect(await getJson('/api/messages?user=stranger')).toMatchObject([{ from: 'stranger' }]);
  });

  test('lists the commands of a user in the language of that user', async () => {
    const scope = { type: 'chat', chat_id: OWNER_ID } as const;
    await api.setMyCommands([{ command: 'start', description: 'Begin' }]);
    await api.setMyCommands([{ command: 'status', description: 'State' }], { scope });
    const chinese = [{ command: 'status', description: '狀態' }];
    await api.setMyCommands(chinese, { scope, language_code: 'zh' });
    expect(await getJson('/api/commands')).toEqual([{ command: 'status', description: 'State' }]);
    await postJson(at('/api/user'), { user: 'owner', language: 'zh-hant' });
    expect(await getJson('/api/commands')).toEqual(chinese);
    expect(await getJson('/api/commands?user=stranger')).toEqual([
      { command: 'start', description: 'Begin' },
    ]);
    await postJson(at('/api/send'), { text: '你好' });
    const [update] = await api.getUpdates();
    expect(update?.message?.from?.language_code).toBe('zh-hant');
  });

  test('says what is wrong with a request', async () => {
    const cases: ReadonlyArray<readonly [string, unknown, string]> = [
      ['/api/send', { user: 'owner' }, 'text'],
      ['/api/send', { user: 'mallory', text: 'x' }, 'user must be one of owner, stranger'],
      ['/api/send', { text: '  ' }, 'needs text'],
      ['/api/send', { text: 'x', replyTo: 99 }, 'no message 99'],
      ['/api/tap', { messageId: '1', data: 'x' }, 'messageId'],
      ['/api/tap', { messageId: 7, data: 'x' }, 'no message 7'],
      ['/api/user', { user: 'owner', language: 'tlh' }, 'language'],
      ['/api/shock', { pct: 'much' }, 'pct'],
    ];
    for (const [path, body, expected] of cases) {
      const { status, text } = await postJson(at(path), body);
      expect([status, text]).toEqual([400, expect.stringContaining(expected)]);
    }
    const broken = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' };
    expect((await http(at('/api/send'), broken)).status).toBe(400);
    const large = { text: 'x'.repeat(70_000) };
    expect((await postJson(at('/api/send'), large)).status).toBe(413);
    expect((await http(at('/api/nothing'))).status).toBe(404);
    expect((await http(at('/api/send'), { method: 'PUT' })).status).toBe(405);
  });

  test('streams events as they happen', async () => {
    const stop = new AbortController();
    const stream = await fetch(at('/api/events'), { signal: stop.signal });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const reader = (stream.body ?? new ReadableStream<Uint8Array>()).getReader();
    const decoder = new TextDecoder();
    let seen = '';
    const readUntil = async (mark: string) => {
      while (!seen.includes(mark)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`the stream ended before ${mark}`);
        seen += decoder.decode(value, { stream: true });
      }
    };
    await readUntil('event: hello');
    await postJson(at('/api/send'), { text: 'ping' });
    await readUntil('event: message');
    const button = { text: 'A', callback_data: 'a' };
    const reply_markup = { inline_keyboard: [[button]] };
    const { message_id } = await api.sendMessage(OWNER_ID, 'pong', { reply_markup });
    await api.sendChatAction(OWNER_ID, 'typing');
    await readUntil('event: action');
    const tap = telegram.core.tap('owner', message_id, 'a');
    await api.answerCallbackQuery(tap.id, { text: 'ok' });
    await readUntil('event: answer');
    await api.editMessageText(OWNER_ID, message_id, 'pong 2');
    await readUntil('event: edit');
    expect(seen).toContain('"text":"pong 2"');
    expect(seen).toContain('"user":"owner"');
    stop.abort();
  });
});
