import { beforeEach, describe, expect, test } from 'vitest';
import { OWNER_ID, type TelegramCore } from '../../../src/sim/telegram/index.ts';
import { settle } from '../../support/manual-clock.ts';
import { makeCore, refusal, result } from './rig.ts';

interface Seen {
  readonly update_id: number;
  readonly message?: { readonly text: string };
}

let core: TelegramCore;
let clock: ReturnType<typeof makeCore>['clock'];
const poll = (payload: object = {}) => result<Seen[]>(core, 'getUpdates', payload);
const texts = (updates: readonly Seen[]) => updates.map(({ message }) => message?.text);

beforeEach(() => {
  ({ core, clock } = makeCore());
});

describe('getUpdates', () => {
  test('hands an update out again until an offset above it confirms it', async () => {
    core.say('owner', 'one');
    core.say('owner', 'two');
    const [first] = await poll();
    expect(texts(await poll())).toEqual(['one', 'two']);
    expect(texts(await poll({ offset: (first?.update_id ?? 0) + 1 }))).toEqual(['two']);
    expect(texts(await poll())).toEqual(['two']);
  });

  test('honours limit, and counts a negative offset from the end', async () => {
    for (const text of ['one', 'two', 'three']) core.say('owner', text);
    expect(texts(await poll({ limit: 2 }))).toEqual(['one', 'two']);
    expect(texts(await poll({ offset: -1 }))).toEqual(['three']);
    expect(texts(await poll())).toEqual(['three']);
  });

  test('waits for an update and answers at once when it comes', async () => {
    let answered: readonly Seen[] | undefined;
    const waiting = poll({ timeout: 30 }).then((updates) => {
      answered = updates;
    });
    await clock.advance(10_000);
    expect(answered).toBeUndefined();
    expect(core.polling).toBe(true);
    core.say('owner', 'now');
    await waiting;
    expect(texts(answered ?? [])).toEqual(['now']);
  });

  test('answers with nothing at its time-out', async () => {
    const waiting = poll({ timeout: 30 });
    await clock.advance(30_000);
    expect(await waiting).toEqual([]);
    expect(core.polling).toBe(false);
  });

  test('tells the older of two pollers that another took over', async () => {
    const older = refusal(core, 'getUpdates', { timeout: 30 });
    const newer = poll({ timeout: 30 });
    expect(await older).toMatch(/^409 Conflict: terminated by other getUpdates request/);
    core.say('owner', 'hello');
    expect(texts(await newer)).toEqual(['hello']);
  });

  test('forgets a poller that hangs up, and keeps the update for the next', async () => {
    const caller = new AbortController();
    const options = { signal: caller.signal };
    const waiting = core.dispatch('getUpdates', { timeout: 30 }, options);
    caller.abort();
    await expect(waiting).rejects.toThrow('hung up');
    core.say('owner', 'still here');
    expect(texts(await poll())).toEqual(['still here']);
  });

  test('leaves out kinds that were not asked for, from then on', async () => {
    await poll({ allowed_updates: ['callback_query'] });
    core.say('owner', 'unheard');
    expect(await poll()).toEqual([]);
    await poll({ allowed_updates: [] });
    core.say('owner', 'heard');
    expect(texts(await poll())).toEqual(['heard']);
  });

  test('repeats the last update when told to, though it was confirmed', async () => {
    core.say('owner', 'twice');
    const [first] = await poll();
    const offset = (first?.update_id ?? 0) + 1;
    expect(await poll({ offset })).toEqual([]);
    core.repeatLastUpdate();
    expect(await poll({ offset })).toEqual([first]);
    expect(await poll({ offset })).toEqual([]);
  });

  test('counts what is pending, and deleteWebhook can drop it', async () => {
    core.say('owner', 'one');
    expect(await result(core, 'getWebhookInfo')).toMatchObject({ pending_update_count: 1 });
    await result(core, 'deleteWebhook', { drop_pending_updates: true });
    expect(await poll()).toEqual([]);
  });

  test('keeps at most a thousand updates for a bot that is away', async () => {
    for (let i = 0; i < 1005; i += 1) core.say('owner', `n${i}`);
    expect(core.pendingUpdates).toBe(1000);
    expect(texts(await poll({ limit: 1 }))).toEqual(['n5']);
  });

  test('lets go when the emulator closes', async () => {
    const waiting = poll({ timeout: 30 });
    await settle();
    core.close();
    expect(await waiting).toEqual([]);
  });
});

describe('what is recorded', () => {
  test('buttons, refusals and the conversation can be looked up afterwards', async () => {
    const reply_markup = { inline_keyboard: [[{ text: 'Go', callback_data: 'go' }]] };
    core.say('owner', '/start');
    await result(core, 'sendMessage', { chat_id: OWNER_ID, text: 'Hi', reply_markup });
    const tap = core.tapLabel('owner', 'Go');
    await result(core, 'answerCallbackQuery', { callback_query_id: tap.id, text: 'ok' });
    await refusal(core, 'sendMessage', { chat_id: OWNER_ID, text: '' });
    expect(core.everyButton()).toMatchObject([{ text: 'Go', data: 'go', messageId: 2 }]);
    expect(core.refusals()).toMatchObject([{ method: 'sendMessage', code: 400 }]);
    expect(core.transcript().map(({ who, act, text }) => `${who} ${act} ${text}`)).toEqual([
      'owner says /start',
      'bot says Hi',
      'owner taps go',
      'bot answers ok',
    ]);
  });
});
