/** How handlers speak: through the outbox, so that none of them waits for Telegram. */
import type { Api } from 'grammy';
import { classifyFailure, describeFailure } from './api/failure.ts';
import type { BotContext, Request } from './context.ts';
import { actorOf } from './people/directory.ts';
import { topicOf } from './topic.ts';
import type { AuditedAct } from './views/audited.ts';
import { compose, type View } from './views/view.ts';

export interface ReplyOptions {
  readonly via?: Api;
  readonly onSent?: (messageId: number) => void;
}

/** A new message in the chat of the request. */
export function reply(
  request: Request,
  view: View | ((ageMs: number) => View),
  options: ReplyOptions = {},
): void {
  const { outbox, chatId, clock, ctx } = request;
  // In a group with topics the answer belongs where the question was asked.
  const threadId = ctx.chatId === chatId ? topicOf(ctx) : undefined;
  const at = clock.now();
  outbox.push({
    ...{ chatId, threadId, priority: 'reply', at },
    compose: composer(request, view),
    ...options,
  });
}

export function replyText(request: Request, html: string): void {
  reply(request, compose([html]));
}

/** Shows something else in a message of ours; buttons that the view does not name are gone. */
export function edit(
  request: Request,
  messageId: number,
  view: View | ((ageMs: number) => View),
  options: ReplyOptions = {},
): void {
  const { outbox, chatId, clock } = request;
  const at = clock.now();
  outbox.push({
    chatId,
    priority: 'reply',
    at,
    edits: messageId,
    compose: composer(request, view),
    ...options,
  });
}

export function editText(request: Request, messageId: number, html: string): void {
  edit(request, messageId, compose([html]));
}

/** A view is made when it is sent; when making it fails, the message says so. */
function composer(
  { log, t }: Request,
  view: View | ((ageMs: number) => View),
): (ageMs: number) => View {
  if (typeof view !== 'function') return () => view;
  return (ageMs) => {
    try {
      return view(ageMs);
    } catch (error) {
      log.error(describeFailure(error), 'answer not composed');
      return compose([t('error-internal')]);
    }
  };
}

const TOAST_MAX = 190;

/** Answers the callback query once; a later call does nothing. Telegram is not waited for. */
export function toast(
  services: Pick<Request, 'jobs' | 'log'>,
  ctx: BotContext,
  text = '',
  show_alert = false,
): void {
  if (!ctx.callbackQuery || ctx.answered) return;
  ctx.answered = true;
  const short = [...text].slice(0, TOAST_MAX).join('');
  services.jobs.run('answer', async () => {
    try {
      await ctx.answerCallbackQuery(short === '' ? {} : { text: short, show_alert });
    } catch (error) {
      if (classifyFailure(error).kind === 'too_old') return;
      services.log.warn(describeFailure(error), 'callback query not answered');
    }
  });
}

/**
 * Reads that take a while, for an answer in a new message. When they fail, a message says so.
 */
export function inBackgroundReply(request: Request, name: string, work: () => Promise<void>): void {
  const { jobs, t } = request;
  const accepted = jobs.run(name, async () => {
    try {
      await work();
    } catch (error) {
      replyText(request, t('error-internal'));
      throw error;
    }
  });
  if (!accepted) replyText(request, t('error-busy'));
}

/** Puts on record who did what; a record that fails is logged and holds up nobody. */
export function audit(
  request: Request,
  act: AuditedAct | { readonly command: string },
  detail: string,
): void {
  const { jobs, door, person } = request;
  const name = typeof act === 'string' ? act : act.command;
  jobs.run('audit', () => door.audit(actorOf(person), name, detail));
}

/**
 * Work that takes as long as the exchange does, after the press was answered. When it fails, the
 * message says so.
 */
export function inBackground(
  request: Request,
  name: string,
  messageId: number,
  work: () => Promise<void>,
): void {
  const { jobs, t } = request;
  const accepted = jobs.run(name, async () => {
    try {
      await work();
    } catch (error) {
      editText(request, messageId, t('error-internal'));
      throw error;
    }
  });
  if (!accepted) editText(request, messageId, t('error-busy'));
}
