import type { MiddlewareFn } from 'grammy';
import { type BotContext, requestOf, type Services } from '../context.ts';

/** Who writes or unblocks can be reached again; who blocks the bot is left alone at once. */
export function reachable(services: Services): MiddlewareFn<BotContext> {
  const { directory, commandList } = services;
  return async (ctx, next) => {
    const { person } = requestOf(services, ctx);
    const status = ctx.myChatMember?.new_chat_member.status;
    const hasLeft = status === 'kicked' || status === 'left';
    directory.setReachable(person.id, !hasLeft);
    if (!hasLeft) commandList.ensure(person);
    await next();
  };
}
