/**
 * The first thing every update of every kind meets. Who is not on the list does not exist for the
 * bot; the one exception is `/pair CODE` while a code is out.
 */
import type { MiddlewareFn } from 'grammy';
import type { Logger } from '../../ports/logger.ts';
import { followGroup, judgeGroup } from '../alerts/rooms.ts';
import { classifyFailure } from '../api/failure.ts';
import { parseCommand } from '../commands/router.ts';
import type { BotContext } from '../context.ts';
import type { Catalogue } from '../i18n/words.ts';
import type { Directory } from '../people/directory.ts';

export interface AllowListDeps {
  readonly directory: Directory;
  readonly words: Catalogue;
  /** `/pair CODE` from somebody without access; answers for itself. */
  readonly onPair: (ctx: BotContext, code: string) => Promise<void>;
  readonly onIgnored: () => void;
  /** What must not wait for a disk or a queue; true when it took the update. */
  readonly urgent: (ctx: BotContext) => boolean;
  readonly log: Logger;
}

export function allowList(deps: AllowListDeps): MiddlewareFn<BotContext> {
  const { directory, words, onPair, onIgnored, urgent, log } = deps;
  return async (ctx, next) => {
    const sender = ctx.from;
    const isPrivate = ctx.chat === undefined || ctx.chat.type === 'private';
    if (!isPrivate) await followGroup(directory, ctx, log);
    const verdict = isPrivate ? 'welcome' : judgeGroup(directory, ctx);
    const person = sender && verdict === 'welcome' ? directory.find(sender.id) : null;
    if (!sender || !person) {
      const code = sender && isPrivate ? pairingCode(ctx) : null;
      if (code === null) onIgnored();
      else await onPair(ctx, code);
      if (verdict === 'leave') await leaveGroup(ctx);
      return;
    }
    Object.assign(ctx, withWords(person, words));
    if (urgent(ctx)) return;
    await directory.meet(sender);
    Object.assign(ctx, withWords(directory.find(sender.id) ?? person, words));
    await next();
  };
}

function withWords(person: BotContext['person'], words: Catalogue) {
  return { person, t: words(person) };
}

function pairingCode(ctx: BotContext): string | null {
  const typed = parseCommand(ctx.message?.text ?? '');
  return typed?.name === 'pair' ? typed.words.join('') : null;
}

/** A group of strangers would show balances to whoever is in it. */
async function leaveGroup(ctx: BotContext): Promise<void> {
  try {
    await ctx.leaveChat();
  } catch (error) {
    // Thrown out already: as good as left.
    if (classifyFailure(error).kind !== 'unreachable') throw error;
  }
}
