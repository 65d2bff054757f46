/**
 * The first thing every update of every kind meets. Who is not on the list does not exist for the
 * bot; the one exception is `/pair CODE` while a code is out.
 */
import type { MiddlewareFn } from 'grammy';
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
}

export function allowList(deps: AllowListDeps): MiddlewareFn<BotContext> {
  const { directory, words, onPair, onIgnored, urgent } = deps;
  return async (ctx, next) => {
    const sender = ctx.from;
    // One chat per person for now: a group would show balances to whoever is in it.
    const isPrivate = ctx.chat === undefined || ctx.chat.type === 'private';
    const person = sender && isPrivate ? directory.find(sender.id) : null;
    if (!sender || !person) {
      const code = sender && isPrivate ? pairingCode(ctx) : null;
      if (code === null) onIgnored();
      else await onPair(ctx, code);
      await leaveForeignGroup(ctx);
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

/** Added to a group: leave it, whoever it was. */
async function leaveForeignGroup(ctx: BotContext): Promise<void> {
  const change = ctx.myChatMember;
  if (!change || change.chat.type === 'private') return;
  const { status } = change.new_chat_member;
  if (status === 'member' || status === 'administrator') await ctx.leaveChat();
}
