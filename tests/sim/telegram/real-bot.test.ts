/** The emulator under a real grammY bot with menu and conversation, through both doors. */
import {
  type Conversation,
  type ConversationFlavor,
  conversations,
  createConversation,
} from '@grammyjs/conversations';
import { Menu } from '@grammyjs/menu';
import { Bot, type Context } from 'grammy';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  asFetch,
  type RunningTelegram,
  type TelegramCore,
} from '../../../src/sim/telegram/index.ts';
import { BOT_TOKEN, startServer, until } from './rig.ts';

type MyContext = ConversationFlavor<Context>;
type ClientOptions = NonNullable<ConstructorParameters<typeof Bot>[1]>['client'];

async function askName(conversation: Conversation<MyContext, Context>, ctx: Context) {
  await ctx.reply('Your name?', { reply_markup: { force_reply: true } });
  const answer = await conversation.waitFor('message:text');
  await answer.reply(`Hello ${answer.message.text}`);
}

function makeBot(client: ClientOptions): Bot<MyContext> {
  const bot = new Bot<MyContext>(BOT_TOKEN, client === undefined ? {} : { client });
  const menu = new Menu<MyContext>('root')
    .text('Count', (ctx) => ctx.editMessageText(`Counted ${ctx.update.update_id}`))
    .row()
    .text('Name', (ctx) => ctx.conversation.enter('askName'));
  bot.use(conversations());
  bot.use(createConversation(askName));
  bot.use(menu);
  bot.command('start', (ctx) => ctx.reply('Choose', { reply_markup: menu }));
  return bot;
}

const said = (core: TelegramCore) => core.messages('owner').map(({ text }) => text);

describe('a real bot', () => {
  let telegram: RunningTelegram;
  let bot: Bot<MyContext>;
  let running: Promise<void>;

  beforeEach(async () => {
    telegram = await startServer();
  });

  afterEach(async () => {
    await bot.stop();
    await running;
    await telegram.close();
  });

  const doors: Readonly<Record<string, () => ClientOptions>> = {
    http: () => ({ apiRoot: telegram.apiRoot }),
    fetch: () => ({ fetch: asFetch(telegram.core) }),
  };

  for (const [door, options] of Object.entries(doors)) {
    test(`talks through ${door}: command, menu, conversation, stop`, async () => {
      const { core } = telegram;
      bot = makeBot(options());
      running = bot.start();
      core.say('owner', '/start');
      await until(() => said(core).includes('Choose'), 'the menu');
      core.tapLabel('owner', 'Count');
      await until(() => said(core).some((text) => text?.startsWith('Counted')), 'the edit');
      core.tapLabel('owner', 'Name');
      await until(() => said(core).includes('Your name?'), 'the question');
      const question = core.room('owner').forceReply?.messageId ?? 0;
      core.say('owner', 'Ann', { replyTo: question });
      await until(() => said(core).includes('Hello Ann'), 'the greeting');
      await until(() => core.unansweredCallbacks().length === 0, 'answers to the taps');
      expect(core.refusals()).toEqual([]);
      expect(core.room('owner').forceReply).toBeUndefined();
      expect(core.everyButton().map(({ text }) => text)).toContain('Name');
    });
  }

  test('hears what was said while it was away, unless it drops that', async () => {
    const { core } = telegram;
    core.say('owner', '/start');
    bot = makeBot({ apiRoot: telegram.apiRoot });
    running = bot.start({ drop_pending_updates: true });
    await until(() => core.polling, 'the first poll');
    expect(said(core)).toEqual(['/start']);
  });

  test('is told with 409 when a second one polls', async () => {
    bot = makeBot({ apiRoot: telegram.apiRoot });
    const ended = bot.start().catch((error: unknown) => error);
    running = Promise.resolve();
    await until(() => telegram.core.polling, 'the first poll');
    const second = telegram.core.dispatch('getUpdates', { timeout: 1 });
    expect(await ended).toMatchObject({ error_code: 409 });
    await second;
  });
});
