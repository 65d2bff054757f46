/** An update handled before is not handled again, also after a crash. */
import type { MiddlewareFn } from 'grammy';
import { messageOf } from '../../core/errors.ts';
import { DAY_MS } from '../../core/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Document } from '../../ports/store.ts';
import type { BotContext } from '../context.ts';
import type { Progress } from '../polling/progress.ts';

/** After a week without updates Telegram may start over with a random id. */
const FORGET_AFTER_MS = 6 * DAY_MS;

export function dedupe(
  progress: Document<Progress>,
  clock: Clock,
  log: Logger,
): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    const id = ctx.update.update_id;
    const { lastUpdateId, at } = progress.read();
    const isRecent = at === undefined || clock.now() - at < FORGET_AFTER_MS;
    if (isRecent && id <= lastUpdateId) return;
    try {
      await next();
    } finally {
      await progress
        .update(() => ({ lastUpdateId: id, at: clock.now() }))
        .catch((error: unknown) => {
          log.warn({ reason: messageOf(error) }, 'progress not saved');
        });
    }
  };
}
