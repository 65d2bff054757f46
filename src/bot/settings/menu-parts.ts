/** What all menus share: how a press is answered and how the text above the buttons changes. */
import { Menu, type MenuFlavor } from '@grammyjs/menu';
import { classifyFailure } from '../api/failure.ts';
import { type BotContext, type Request, requestOf, type Services } from '../context.ts';
import { toast } from '../reply.ts';

export type MenuContext = BotContext & MenuFlavor;

/** Ids of at most six characters: the data of a button has 64 bytes in all. */
export function makeMenu(services: Services, id: string): Menu<BotContext> {
  return new Menu<BotContext>(id, {
    // Handlers answer for themselves, and the outermost middleware for those that do not.
    autoAnswer: false,
    onMenuOutdated: async (ctx) => {
      toast(requestOf(services, ctx), ctx, ctx.t.plain('menu-outdated'));
      ctx.menu.update();
    },
  });
}

/** The payload of the pressed button, or what a handler put in its place for the next menu. */
export function payloadOf(ctx: BotContext): string {
  return typeof ctx.match === 'string' ? ctx.match : '';
}

/** New text and, by the menu plugin, the keyboard of the menu navigated to. */
export async function showText(ctx: BotContext, html: string): Promise<void> {
  try {
    await ctx.editMessageText(html, { parse_mode: 'HTML' });
  } catch (error) {
    if (classifyFailure(error).kind !== 'unchanged') throw error;
  }
}

/** Answers the press and hands on the request. */
export function pressed(services: Services, ctx: BotContext, text = ''): Request {
  const request = requestOf(services, ctx);
  toast(request, ctx, text);
  return request;
}
