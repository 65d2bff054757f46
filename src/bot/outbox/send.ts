/** Puts one view into a chat, page by page. */
import type { Api } from 'grammy';
import { classifyFailure } from '../api/failure.ts';
import type { View } from '../views/view.ts';
import type { Waiting } from './chat-queue.ts';
import { keptMarkup } from './items.ts';
import type { MessageIds } from './message-ids.ts';
import { plainText } from './paging.ts';

export interface Sender {
  readonly api: Api;
  readonly ids: MessageIds;
  /** Resolves when the attempt is on disk: from then on a crash leaves it to be clarified. */
  readonly beforeAttempt: (item: Waiting) => Promise<void>;
}

/** Resolves to the id of the message with the buttons. @throws what Telegram refused */
export async function sendView(sender: Sender, item: Waiting, view: View): Promise<number> {
  const started = item.started ?? { view, pages: 0 };
  item.started = started;
  const { pages } = started.view;
  let messageId = 0;
  while (started.pages < pages.length) {
    messageId = await sendPage(sender, item, started.view, started.pages);
    sender.ids.saw(item.delivery.chatId, messageId);
    item.attempt = null;
    started.pages += 1;
  }
  return messageId;
}

async function sendPage(sender: Sender, item: Waiting, view: View, page: number): Promise<number> {
  const { delivery, isPlain } = item;
  const { chatId, edits } = delivery;
  const html = view.pages[page] ?? '';
  const text = isPlain ? plainText(html) : html;
  const isLast = page === view.pages.length - 1;
  const options = pageOptions(isPlain, isLast && !isPlain ? view.markup : undefined);
  const api = delivery.via ?? sender.api;
  if (edits !== undefined && page === 0) {
    try {
      await api.editMessageText(chatId, edits, text, options);
      return edits;
    } catch (error) {
      const { kind } = classifyFailure(error);
      if (kind === 'unchanged') return edits;
      if (kind !== 'message_gone') throw error;
    }
    item.delivery = { ...delivery, edits: undefined };
  }
  const markup = isLast && !isPlain && !delivery.via ? keptMarkup(view) : undefined;
  item.attempt = { page, text, isPlain, markup, ...sender.ids.mark(chatId) };
  await sender.beforeAttempt(item);
  const { silent, threadId } = item.delivery;
  const message = await api.sendMessage(chatId, text, {
    ...options,
    ...(silent ? { disable_notification: true } : {}),
    ...(threadId === undefined ? {} : { message_thread_id: threadId }),
  });
  return message.message_id;
}

/** An absent keyboard must be absent, not null. */
export function pageOptions(isPlain: boolean, markup: View['markup']) {
  return {
    link_preview_options: { is_disabled: true },
    ...(isPlain ? {} : { parse_mode: 'HTML' as const }),
    ...(markup ? { reply_markup: markup } : {}),
  };
}
