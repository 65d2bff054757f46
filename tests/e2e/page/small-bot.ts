/** A small bot that shows what the page must be able to show. */
import { Bot, InlineKeyboard, InputFile } from 'grammy';
import type { RunningTelegram } from '../../../src/sim/telegram/index.ts';
import { PIXEL } from '../../sim/telegram/rig.ts';

export interface SmallBot {
  /** Answers the taps on "Wait" that are held back. */
  release(): void;
  stop(): Promise<void>;
}

export async function startSmallBot({ core, apiRoot }: RunningTelegram): Promise<SmallBot> {
  const bot = new Bot(core.botToken, { client: { apiRoot } });
  const held: Array<() => void> = [];
  const keyboard = new InlineKeyboard()
    .text('Wait', 'wait')
    .primary()
    .text('Toast', 'toast')
    .success()
    .text('Alert', 'alert')
    .danger()
    .row()
    .text('Edit', 'edit');
  bot.command('start', (ctx) => ctx.reply('Choose', { reply_markup: keyboard }));
  bot.command('picture', (ctx) => ctx.replyWithPhoto(new InputFile(PIXEL, 'p.png')));
  bot.command('ask', (ctx) => ctx.reply('Your number?', { reply_markup: { force_reply: true } }));
  bot.callbackQuery('wait', (ctx) => {
    held.push(() => void ctx.answerCallbackQuery());
  });
  bot.callbackQuery('toast', (ctx) => ctx.answerCallbackQuery('A small word'));
  bot.callbackQuery('alert', (ctx) =>
    ctx.answerCallbackQuery({ text: 'Look here!', show_alert: true }),
  );
  bot.callbackQuery('edit', async (ctx) => {
    await ctx.answerCallbackQuery();
    await ctx.editMessageText('Chosen <b>well</b>', { parse_mode: 'HTML' });
  });
  bot.on('message:text', (ctx) => ctx.reply(`You said: ${ctx.message.text}`));
  await bot.api.setMyCommands([
    { command: 'start', description: 'Begin' },
    { command: 'picture', description: 'Send a picture' },
    { command: 'ask', description: 'Ask for a number' },
  ]);
  const running = bot.start();
  return {
    release: () => {
      for (const answer of held.splice(0)) answer();
    },
    stop: async () => {
      await bot.stop();
      await running;
    },
  };
}
