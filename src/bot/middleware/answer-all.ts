import type { MiddlewareFn } from 'grammy';
import { type BotContext, requestOf, type Services } from '../context.ts';
import { toast } from '../reply.ts';

/** Whatever happens below, no button keeps its spinner. */
export function answerAll(services: Services): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    try {
      await next();
    } finally {
      toast(requestOf(services, ctx), ctx);
    }
  };
}
