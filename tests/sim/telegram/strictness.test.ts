import { beforeEach, describe, expect, test } from 'vitest';
import { OWNER_ID, STRANGER_ID, type TelegramCore } from '../../../src/sim/telegram/index.ts';
import { makeCore, refusal, result } from './rig.ts';

let core: TelegramCore;
let clock: ReturnType<typeof makeCore>['clock'];
/** A message of the bot with one button. */
let sent: number;

const chat = { chat_id: OWNER_ID };
const keyboard = (...data: string[]) => ({
  inline_keyboard: [data.map((each) => ({ text: 'Go', callback_data: each }))],
});

beforeEach(async () => {
  ({ core, clock } = makeCore());
  const first = { ...chat, text: 'Balance', reply_markup: keyboard('go') };
  sent = (await result(core, 'sendMessage', first)).message_id;
});

describe('a text is refused', () => {
  const cases: ReadonlyArray<readonly [string, object, string]> = [
    ['when it is empty', { text: '' }, '400 Bad Request: message text is empty'],
    ['when it is missing', {}, '400 Bad Request: message text is empty'],
    ['when it is only space', { text: ' \n ' }, '400 Bad Request: message text is empty'],
    ['above 4096 characters', { text: 'x'.repeat(4097) }, '400 Bad Request: message is too long'],
    ['with an unknown parse mode', { text: 'x', parse_mode: 'Markdown' }, 'unsupported parse_mode'],
    [
      'when it answers a missing message',
      { text: 'x', reply_parameters: { message_id: 99 } },
      '400 Bad Request: message to be replied not found',
    ],
    [
      'when it quotes what is not there',
      { text: 'x', reply_parameters: { message_id: 1, quote: 'nowhere' } },
      'QUOTE_TEXT_INVALID',
    ],
    [
      'with an entity beyond its end',
      { text: 'abc', entities: [{ type: 'bold', offset: 1, length: 9 }] },
      "can't parse entities",
    ],
  ];
  test.each(cases)('%s', async (_, payload, expected) => {
    expect(await refusal(core, 'sendMessage', { ...chat, ...payload })).toContain(expected);
    expect(core.messages('owner')).toHaveLength(1);
  });

  test('but not with exactly 4096 characters after parsing', async () => {
    const text = `<b>${'x'.repeat(4096)}</b>`;
    expect(await refusal(core, 'sendMessage', { ...chat, text, parse_mode: 'HTML' })).toBe(
      'accepted',
    );
  });

  test('but not when it may go without the message it answers', async () => {
    const reply_parameters = { message_id: 99, allow_sending_without_reply: true };
    expect(await refusal(core, 'sendMessage', { ...chat, text: 'x', reply_parameters })).toBe(
      'accepted',
    );
  });
});

describe('a keyboard is refused', () => {
  const copy = (text: string) => [[{ text: 'Copy', copy_text: { text } }]];
  const cases: ReadonlyArray<readonly [string, unknown, string]> = [
    ['when it is null', null, 'object expected as reply markup'],
    ['when it is no object', [], 'object expected as reply markup'],
    ['with empty callback data', keyboard(''), 'BUTTON_DATA_INVALID'],
    ['with 65 bytes of callback data', keyboard('x'.repeat(65)), 'BUTTON_DATA_INVALID'],
    ['with 63 characters in 65 bytes', keyboard(`${'x'.repeat(61)}éé`), 'BUTTON_DATA_INVALID'],
    ['without an action', { inline_keyboard: [[{ text: 'x' }]] }, 'Text buttons are unallowed'],
    [
      'with two actions',
      { inline_keyboard: [[{ text: 'x', callback_data: 'a', url: 'https://a.example' }]] },
      'exactly one action',
    ],
    [
      'with an unknown style',
      { inline_keyboard: [[{ text: 'x', callback_data: 'a', style: 'pink' }]] },
      "can't parse inline keyboard",
    ],
    [
      'with a button without label',
      { inline_keyboard: [[{ text: ' ', callback_data: 'a' }]] },
      'text must be non-empty',
    ],
    [
      'with a bad address',
      { inline_keyboard: [[{ text: 'x', url: 'javascript:alert(1)' }]] },
      'BUTTON_URL_INVALID',
    ],
    ['with too much to copy', { inline_keyboard: copy('x'.repeat(257)) }, 'COPY_TEXT_INVALID'],
    ['with 101 buttons', keyboard(...Array<string>(101).fill('x')), 'reply markup is too long'],
    ['when it is of no known kind', { buttons: [] }, "can't parse reply markup"],
  ];
  test.each(cases)('%s', async (_, reply_markup, expected) => {
    const payload = { ...chat, text: 'x', reply_markup };
    expect(await refusal(core, 'sendMessage', payload)).toContain(expected);
  });

  test('but not with 64 bytes, styles, links, copies and disabled buttons', async () => {
    const reply_markup = {
      inline_keyboard: [
        [{ text: 'Go', callback_data: 'x'.repeat(64), style: 'danger' }],
        [{ text: 'Link', url: 'https://a.example', style: 'success' }],
        [...(copy('x'.repeat(256))[0] ?? []), { text: 'Done', disabled: {}, style: 'primary' }],
      ],
    };
    expect(await refusal(core, 'sendMessage', { ...chat, text: 'x', reply_markup })).toBe(
      'accepted',
    );
  });
});

describe('an edit', () => {
  const target = () => ({ ...chat, message_id: sent });

  test('that changes nothing is refused', async () => {
    const same = { ...target(), text: 'Balance', reply_markup: keyboard('go') };
    expect(await refusal(core, 'editMessageText', same)).toContain('message is not modified');
    expect(await refusal(core, 'editMessageText', { ...same, text: '<b>Balance</b> ' })).toBe(
      'accepted',
    );
  });

  test('without a keyboard takes the keyboard away', async () => {
    const edited = await result(core, 'editMessageText', { ...target(), text: 'Balance' });
    expect(edited).not.toHaveProperty('reply_markup');
    expect(edited).toHaveProperty('edit_date');
  });

  test('of an unknown message is refused', async () => {
    const gone = { ...chat, message_id: 77, text: 'x' };
    expect(await refusal(core, 'editMessageText', gone)).toContain('message to edit not found');
    expect(await refusal(core, 'deleteMessage', gone)).toContain('message to delete not found');
    expect(await refusal(core, 'pinChatMessage', gone)).toContain('message to pin not found');
  });

  test('of what a user wrote is refused', async () => {
    const { message_id } = core.say('owner', 'mine');
    expect(await refusal(core, 'editMessageText', { ...chat, message_id, text: 'x' })).toContain(
      "message can't be edited",
    );
  });

  test('of a message with a reply keyboard is refused', async () => {
    const reply_markup = { keyboard: [['A']] };
    const { message_id } = await result(core, 'sendMessage', { ...chat, text: 'x', reply_markup });
    expect(await refusal(core, 'editMessageText', { ...chat, message_id, text: 'y' })).toContain(
      "message can't be edited",
    );
  });

  test('of a caption needs a caption, and takes only an inline keyboard', async () => {
    expect(await refusal(core, 'editMessageCaption', { ...target(), caption: 'x' })).toContain(
      'there is no caption in the message to edit',
    );
    const wrong = { ...target(), text: 'new', reply_markup: { remove_keyboard: true } };
    expect(await refusal(core, 'editMessageText', wrong)).toContain('inline keyboard expected');
  });
});

describe('a callback query', () => {
  const answer = (id: string, more: object = {}) =>
    refusal(core, 'answerCallbackQuery', { callback_query_id: id, ...more });

  test('is answered once; a second or unknown answer is too late', async () => {
    const { id } = core.tap('owner', sent, 'go');
    expect(core.unansweredCallbacks()).toHaveLength(1);
    expect(await answer(id)).toBe('accepted');
    expect(core.unansweredCallbacks()).toEqual([]);
    expect(await answer(id)).toContain('query is too old');
    expect(await answer('12345')).toContain('query is too old');
  });

  test('cannot be answered after a minute', async () => {
    const { id } = core.tap('owner', sent, 'go');
    await clock.advance(60_001);
    expect(await answer(id)).toContain('query is too old');
  });

  test('takes at most 200 characters', async () => {
    const { id } = core.tap('owner', sent, 'go');
    expect(await answer(id, { text: 'x'.repeat(201) })).toContain('MESSAGE_TOO_LONG');
    expect(await answer(id, { text: 'x'.repeat(200), show_alert: true })).toBe('accepted');
    expect(core.answers().at(-1)).toMatchObject({ alert: true, text: 'x'.repeat(200) });
  });

  test('carries the stored message with its keyboard', async () => {
    core.tap('owner', sent, 'go');
    const [update] = await result<Array<{ callback_query: object }>>(core, 'getUpdates');
    expect(update?.callback_query).toMatchObject({
      data: 'go',
      from: { id: OWNER_ID },
      message: { message_id: sent, text: 'Balance', reply_markup: keyboard('go') },
    });
  });

  test('comes only from buttons a message has, or once had', async () => {
    expect(() => core.tap('owner', sent, 'other')).toThrow('never had a button');
    await result(core, 'editMessageReplyMarkup', { ...chat, message_id: sent });
    expect(core.tap('owner', sent, 'go').data).toBe('go');
    expect(() => core.tapLabel('owner', 'Go')).toThrow('no message shows');
  });
});

describe('a chat', () => {
  test('that the bot never met is not found', async () => {
    const text = 'x';
    expect(await refusal(core, 'sendMessage', { chat_id: 5, text })).toContain('chat not found');
    expect(await refusal(core, 'sendMessage', { chat_id: '@who', text })).toContain(
      'chat not found',
    );
    expect(await refusal(core, 'sendMessage', { text })).toContain('chat_id is empty');
    const stranger = { chat_id: STRANGER_ID, text };
    expect(await refusal(core, 'sendMessage', stranger)).toContain('chat not found');
    core.say('stranger', '/start');
    expect(await refusal(core, 'sendMessage', stranger)).toBe('accepted');
  });

  test('whose user blocked the bot is forbidden, and the bot hears of it', async () => {
    core.block('owner', true);
    expect(await refusal(core, 'sendMessage', { ...chat, text: 'x' })).toBe(
      '403 Forbidden: bot was blocked by the user',
    );
    const updates = await result<object[]>(core, 'getUpdates');
    expect(updates).toMatchObject([{ my_chat_member: { new_chat_member: { status: 'kicked' } } }]);
    core.block('owner', false);
    expect(await refusal(core, 'sendMessage', { ...chat, text: 'x' })).toBe('accepted');
  });

  test('of a group can be left, and then takes nothing more', async () => {
    core.addToGroup('stranger', { id: -55, title: 'Traders' });
    const group = { chat_id: -55, text: 'x' };
    expect(await refusal(core, 'sendMessage', group)).toBe('accepted');
    expect(await refusal(core, 'leaveChat', { chat_id: -55 })).toBe('accepted');
    expect(await refusal(core, 'sendMessage', group)).toContain('403 Forbidden');
    expect(await refusal(core, 'leaveChat', chat)).toContain('private chats');
  });
});

describe('a method', () => {
  test('that is unknown is refused in words', async () => {
    expect(await refusal(core, 'sendDice', chat)).toMatch(/^404 .*does not know .*"sendDice"/);
  });

  test('is found whatever its case', async () => {
    expect(await refusal(core, 'SENDMESSAGE', { ...chat, text: 'x' })).toBe('accepted');
  });

  test('with a wrong file id, or a file that is no picture, is refused', async () => {
    const wrong = { ...chat, photo: 'AgADnope', document: 'nope', file_id: 'nope' };
    expect(await refusal(core, 'sendPhoto', wrong)).toContain('wrong remote file identifier');
    expect(await refusal(core, 'getFile', wrong)).toContain('invalid file_id');
    const uploads = new Map([['p', { filename: 'p.png', bytes: Buffer.from('not a picture') }]]);
    const reply = await core.dispatch('sendPhoto', { ...chat, photo: 'attach://p' }, { uploads });
    expect(reply).toMatchObject({ ok: false, description: 'Bad Request: IMAGE_PROCESS_FAILED' });
  });

  test('refuses messages older than 48 hours to deletion', async () => {
    await clock.advance(48 * 3_600_000 + 1000);
    expect(await refusal(core, 'deleteMessage', { ...chat, message_id: sent })).toContain(
      "message can't be deleted",
    );
  });

  test('accepts every option our bot may pass along', async () => {
    const options = {
      link_preview_options: { is_disabled: true },
      protect_content: true,
      disable_notification: true,
      reply_parameters: { message_id: sent },
    };
    const message = await result(core, 'sendMessage', { ...chat, text: 'x', ...options });
    expect(message).toMatchObject({
      has_protected_content: true,
      reply_to_message: { message_id: sent },
    });
  });
});
