import { Api, GrammyError, HttpError } from 'grammy';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  asFetch,
  floodFault,
  OWNER_ID,
  type RunningTelegram,
} from '../../../src/sim/telegram/index.ts';
import { settle } from '../../support/manual-clock.ts';
import { BOT_TOKEN, makeCore, refusal, result, startServer } from './rig.ts';

const chat = { chat_id: OWNER_ID };

describe('faults of the core', () => {
  test('429 names the seconds to wait, once, and has no effect', async () => {
    const { core } = makeCore();
    core.faults.push(floodFault('sendMessage', 7));
    const reply = await core.dispatch('sendMessage', { ...chat, text: 'x' });
    expect(reply).toEqual({
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 7',
      parameters: { retry_after: 7 },
    });
    expect(core.messages('owner')).toEqual([]);
    expect(await refusal(core, 'sendMessage', { ...chat, text: 'x' })).toBe('accepted');
  });

  test('can strike in the middle of a batch, several times, and be disarmed', async () => {
    const { core } = makeCore();
    const send = () => refusal(core, 'sendMessage', { ...chat, text: 'x' });
    const boom = { kind: 'error', code: 500, description: 'Internal Server Error' } as const;
    core.faults.push({ method: 'sendMessage', skip: 1, count: 2, ...boom });
    const answers = [await send(), await send(), await send(), await send()];
    const refused = '500 Internal Server Error';
    expect(answers).toEqual(['accepted', refused, refused, 'accepted']);
    const disarm = core.faults.push({ method: '*', count: 1e9, ...boom });
    expect(await send()).toBe(refused);
    disarm();
    expect(await send()).toBe('accepted');
  });

  test('a slow answer comes late', async () => {
    const { core, clock } = makeCore();
    core.faults.push({ method: 'getMe', kind: 'delay', ms: 5000 });
    let done = false;
    const call = core.dispatch('getMe').then(() => {
      done = true;
    });
    await clock.advance(4999);
    expect(done).toBe(false);
    await clock.advance(1);
    await call;
    expect(done).toBe(true);
  });

  test('a broken connection has its effect after, and none before', async () => {
    const { core } = makeCore();
    core.faults.push({ method: 'sendMessage', kind: 'reset_before' });
    core.faults.push({ method: 'sendMessage', kind: 'reset_after' });
    const send = () => core.dispatch('sendMessage', { ...chat, text: 'x' });
    await expect(send()).rejects.toThrow('before the effect');
    expect(core.messages('owner')).toHaveLength(0);
    await expect(send()).rejects.toThrow('after the effect');
    expect(core.messages('owner')).toHaveLength(1);
  });

  test('a call that hangs ends when the caller gives up', async () => {
    const { core } = makeCore();
    core.faults.push({ method: 'getMe', kind: 'hang' });
    const caller = new AbortController();
    const call = core.dispatch('getMe', {}, { signal: caller.signal });
    await settle();
    caller.abort();
    await expect(call).rejects.toThrow('no answer');
    await expect(result(core, 'getMe')).resolves.toMatchObject({ is_bot: true });
  });
});

describe('faults as grammY meets them', () => {
  let telegram: RunningTelegram;

  beforeEach(async () => {
    telegram = await startServer();
  });

  afterEach(async () => {
    await telegram.close();
  });

  const doors = {
    http: () => new Api(BOT_TOKEN, { apiRoot: telegram.apiRoot }),
    fetch: () => new Api(BOT_TOKEN, { fetch: asFetch(telegram.core) }),
  };

  for (const [door, open] of Object.entries(doors)) {
    test(`through ${door}, an answer is a GrammyError`, async () => {
      telegram.core.faults.push(floodFault('sendMessage', 3));
      const error = await open()
        .sendMessage(OWNER_ID, 'x')
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(GrammyError);
      expect(error).toMatchObject({ error_code: 429, parameters: { retry_after: 3 } });
    });

    test(`through ${door}, a reset is an HttpError, arrived or not`, async () => {
      telegram.core.faults.push({ method: 'sendMessage', kind: 'reset_after' });
      telegram.core.faults.push({ method: 'sendMessage', kind: 'reset_before' });
      await expect(open().sendMessage(OWNER_ID, 'x')).rejects.toBeInstanceOf(HttpError);
      expect(telegram.core.messages('owner')).toHaveLength(1);
      await expect(open().sendMessage(OWNER_ID, 'x')).rejects.toBeInstanceOf(HttpError);
      expect(telegram.core.messages('owner')).toHaveLength(1);
    });
  }

  test('a wrong token is not authorised', async () => {
    const api = new Api('7000001:wrong', { apiRoot: telegram.apiRoot });
    await expect(api.getMe()).rejects.toMatchObject({ error_code: 401 });
  });
});
