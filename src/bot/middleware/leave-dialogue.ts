import type { MiddlewareFn } from 'grammy';
import type { BotContext } from '../context.ts';

/** A command typed while a dialogue waits for a value ends the dialogue and is then run. */
export const leaveDialogue: MiddlewareFn<BotContext> = async (ctx, next) => {
  const isCommand = ctx.message?.text?.startsWith('/') ?? false;
  if (isCommand && Object.keys(ctx.conversation.active()).length > 0) {
    await ctx.conversation.exitAll();
    ctx.leftDialogue = true;
  }
  await next();
};
