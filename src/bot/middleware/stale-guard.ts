/**
 * What was sent or pressed while the bot was down is not carried out late, and people are told so.
 * Tickets are: they have an end of their own.
 */
import type { MiddlewareFn } from 'grammy';
import type { Update } from 'grammy/types';
import type { Clock } from '../../ports/clock.ts';
import { decodePress } from '../buttons/codec.ts';
import type { BotContext } from '../context.ts';
import type { Catalogue } from '../i18n/words.ts';
import type { Outbox } from '../outbox/delivery.ts';
import type { Directory } from '../people/directory.ts';
import { compose } from '../views/view.ts';

export interface StaleGuardDeps {
  readonly clock: Clock;
  readonly outbox: Outbox;
  readonly directory: Directory;
  readonly words: Catalogue;
}

/** Updates that waited while nobody asked for them: Telegram gives no time of a press. */
export type LateUpdates = WeakSet<Update>;

/** Older than this on arrival: the bot was away, whatever the reason. */
export const STALE_AFTER_MS = 120_000;
/** Telegram gives whole seconds. */
const START_SLACK_MS = 5_000;
/** The backlog comes in one or two answers; counting stops this long after its last command. */
const COUNT_MS = 1_500;

export function staleGuard(deps: StaleGuardDeps, late: LateUpdates): MiddlewareFn<BotContext> {
  const { clock } = deps;
  const startedAt = clock.now();
  const dropped = new Map<number, number>();
  const drop = (id: number): void => {
    const known = dropped.get(id) ?? 0;
    dropped.set(id, known + 1);
    if (known === 0) clock.after(COUNT_MS, () => tell(deps, dropped, id));
  };
  return async (ctx, next) => {
    const { message } = ctx;
    if (late.has(ctx.update) && isUndatedPress(ctx)) return drop(ctx.person.id);
    if (!message) return next();
    const sentAt = message.date * 1000;
    const isStale = clock.now() - sentAt > STALE_AFTER_MS || sentAt < startedAt - START_SLACK_MS;
    if (!isStale) return next();
    if (!message.text?.startsWith('/')) return;
    drop(ctx.person.id);
  };
}

function isUndatedPress({ callbackQuery }: BotContext): boolean {
  return callbackQuery !== undefined && decodePress(callbackQuery.data ?? '')?.action !== 'ticket';
}

function tell(deps: StaleGuardDeps, dropped: Map<number, number>, id: number): void {
  const n = dropped.get(id) ?? 0;
  dropped.delete(id);
  const person = deps.directory.find(id);
  if (!person) return;
  const t = deps.words(person);
  const view = compose([t('stale-dropped', { n })]);
  deps.outbox.push({ chatId: id, priority: 'reply', at: deps.clock.now(), compose: () => view });
}
