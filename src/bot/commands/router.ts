/** Finds the command in a text, checks role and arguments, and answers what does not fit. */
import type { MiddlewareFn } from 'grammy';
import { type BotContext, type Request, requestOf, type Services } from '../context.ts';
import { allows } from '../people/roles.ts';
import { audit, replyText } from '../reply.ts';
import { nearest } from './suggest.ts';

export interface TypedCommand {
  readonly name: string;
  /** The bot it is meant for, in groups. */
  readonly target: string | undefined;
  readonly words: readonly string[];
}

const WORDS_MAX = 20;

/** Null when the text is no command. */
export function parseCommand(text: string): TypedCommand | null {
  const match = /^\/([A-Za-z0-9_]{1,64})(?:@(\w{1,64}))?(?:\s+([\s\S]*))?$/.exec(text.trim());
  if (!match?.[1]) return null;
  const words = (match[3] ?? '').split(/\s+/).filter(Boolean).slice(0, WORDS_MAX);
  return { name: match[1].toLowerCase(), target: match[2], words };
}

export function commandRouter(services: Services): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    const typed = ctx.message?.text?.startsWith('/') ? parseCommand(ctx.message.text) : null;
    if (!typed) return next();
    const isForOther = typed.target && typed.target.toLowerCase() !== ctx.me.username.toLowerCase();
    if (isForOther) return;
    await runTyped(requestOf(services, ctx), typed);
  };
}

async function runTyped(request: Request, typed: TypedCommand): Promise<void> {
  const { commands, person, t } = request;
  const command = commands.find(typed.name);
  if (!command) {
    const names = commands.for(person.role).map(({ name }) => name);
    const near = nearest(typed.name, names);
    const key = near ? 'command-unknown-near' : 'command-unknown';
    replyText(request, t(key, { name: typed.name, near: near ?? '' }));
    return;
  }
  if (!allows(person.role, command.role)) {
    const needed = t.plain(`role-${command.role}`);
    replyText(request, t('command-forbidden', { name: command.name, role: needed }));
    return;
  }
  const ran = await command.execute(request, typed.words);
  if (ran && command.danger !== 'reads') audit(request, command.name, typed.words.join(' '));
  if (!ran) {
    const usage = t.plain(`usage-${command.name}`);
    replyText(request, t('command-usage', { usage, about: t.plain(`command-${command.name}`) }));
  }
}
