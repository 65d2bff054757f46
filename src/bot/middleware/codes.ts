import type { MiddlewareFn } from 'grammy';
import { type BotContext, requestOf, type Services } from '../context.ts';
import type { SecondFactorFeature } from '../features/second-factor.ts';

/** Codes are taken before any dialogue sees them: a dialogue keeps what it was told. */
export function codes(services: Services, factor: SecondFactorFeature): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    if (ctx.message?.text === undefined) return next();
    if (!(await factor.take(requestOf(services, ctx)))) await next();
  };
}
