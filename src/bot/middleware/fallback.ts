/** What nobody else took: every press and every text gets an answer in words. */
import type { MiddlewareFn } from 'grammy';
import { type BotContext, requestOf, type Services } from '../context.ts';
import { replyText, toast } from '../reply.ts';

export function fallback(services: Services): MiddlewareFn<BotContext> {
  return async (ctx) => {
    const request = requestOf(services, ctx);
    if (ctx.callbackQuery) toast(request, ctx, ctx.t.plain('button-outdated'), true);
    else if (ctx.message) replyText(request, ctx.t('text-unknown'));
  };
}
