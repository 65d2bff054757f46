/** `/panic` overtakes every queue, every disk and every dialogue. */
import type { Update } from 'grammy/types';
import { parseCommand } from '../commands/router.ts';
import { type BotContext, requestOf, type Services } from '../context.ts';
import { panic } from '../features/pause.ts';
import { allows } from '../people/roles.ts';
import { audit } from '../reply.ts';
import { STALE_AFTER_MS } from './stale-guard.ts';

/** Whatever follows the word: somebody in a hurry is not asked for the right form. */
export function isPanic(update: Update): boolean {
  return parseCommand(update.message?.text ?? '')?.name === 'panic';
}

/** True when it took the update. What is old is left to the guard, which says so. */
export function panicHandler(services: Services): (ctx: BotContext) => boolean {
  return (ctx) => {
    const { message } = ctx;
    const typed = isPanic(ctx.update) ? parseCommand(message?.text ?? '') : null;
    if (!typed || !message || !allows(ctx.person.role, 'operator')) return false;
    const isForOther = typed.target && typed.target.toLowerCase() !== ctx.me.username.toLowerCase();
    const isStale = services.clock.now() - message.date * 1000 > STALE_AFTER_MS;
    if (isForOther || isStale || message.forward_origin) return false;
    const request = requestOf(services, ctx);
    panic(request);
    audit(request, { command: 'panic' }, '');
    return true;
  };
}
