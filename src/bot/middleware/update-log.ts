import type { MiddlewareFn } from 'grammy';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { BotContext } from '../context.ts';

/** One line per update: id, kind and how long it took; never a text. */
export function updateLog(log: Logger, clock: Clock): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    const startedMs = clock.monotonicMs();
    try {
      await next();
    } finally {
      const kind = Object.keys(ctx.update).find((key) => key !== 'update_id');
      const tookMs = Math.round(clock.monotonicMs() - startedMs);
      log.debug({ updateId: ctx.update.update_id, kind, tookMs }, 'update handled');
    }
  };
}
