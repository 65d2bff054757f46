/** Finds the command in a text, checks role and arguments, and answers what does not fit. */
import type { MiddlewareFn } from 'grammy';
import { type BotContext, type Request, requestOf, type Services } from '../context.ts';
import type { Words } from '../i18n/words.ts';
import { allows } from '../people/roles.ts';
import { audit, reply, replyText } from '../reply.ts';
import { compose } from '../views/view.ts';
import { shown, usageOf } from './argument.ts';
import type { Command } from './command.ts';
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
    const request = requestOf(services, ctx);
    // Somebody else's words must not act with the rights of whoever passes them on.
    if (ctx.message?.forward_origin) replyText(request, ctx.t('command-forwarded'));
    else await runTyped(request, typed);
  };
}

async function runTyped(request: Request, typed: TypedCommand): Promise<void> {
  const { commands, t } = request;
  const command = commands.find(typed.name);
  if (!command) {
    replyText(request, unknownCommand(request, typed.name));
    return;
  }
  const refusal = refusalOf(request, command);
  if (refusal !== null) {
    replyText(request, refusal);
    return;
  }
  const execution = await command.execute(request, typed.words);
  if (execution.kind === 'wrong') {
    reply(request, compose(wrongArguments(command, execution.problem, t)));
    return;
  }
  if (command.danger !== 'reads') {
    audit(request, { command: command.name }, typed.words.join(' '));
  }
}

/** Why this person may not use the command here; null when they may. HTML. */
function refusalOf({ person, t, ctx }: Request, { name, role, scope }: Command): string | null {
  if (!allows(person.role, role)) {
    return t('command-forbidden', { name, role: t.plain(`role-${role}`) });
  }
  const isPrivate = ctx.chat?.type === 'private';
  return scope === 'private' && !isPrivate ? t('command-private', { name }) : null;
}

/** "Did you mean", among the commands this person may use. HTML. */
export function unknownCommand({ commands, person, t }: Request, typed: string): string {
  const names = commands.for(person.role).map(({ name }) => name);
  const near = nearest(typed, names);
  const name = shown(typed);
  return near ? t('command-unknown-near', { name, near }) : t('command-unknown', { name });
}

/** What was wrong, then the right form with an example. */
function wrongArguments(command: Command, problem: string, t: Words): string[] {
  const { name, examples } = command;
  const lines = problem === '' ? [] : [problem];
  lines.push(t('command-usage', { usage: usageOf(command, t), about: t.plain(`command-${name}`) }));
  const [example] = examples;
  if (example !== undefined) lines.push(t('command-example', { example: `/${name} ${example}` }));
  return lines;
}
