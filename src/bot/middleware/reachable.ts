import type { MiddlewareFn } from 'grammy';
import { type BotContext, requestOf, type Services } from '../context.ts';

/** Who writes or unblocks can be reached again; who blocks the bot is left alone at once. */
export function reachable(services: Services): MiddlewareFn<BotContext> {
  const { directory, commandList, outbox, cards } = services;
  return async (ctx, next) => {
    const { person } = requestOf(services, ctx);
    if (ctx.chatId !== undefined) cards.looked(ctx.chatId);
    if (ctx.message) outbox.saw(ctx.message.chat.id, ctx.message.message_id);
    if (ctx.chat && ctx.chat.type !== 'private') {
      directory.setReachable(ctx.chat.id, true);
      outbox.reopen(ctx.chat.id);
      return next();
    }
    const status = ctx.myChatMember?.new_chat_member.status;
    const hasLeft = status === 'kicked' || status === 'left';
    directory.setReachable(person.id, !hasLeft);
    if (!hasLeft) {
      outbox.reopen(person.id);
      commandList.ensure(person);
    }
    await next();
  };
}
