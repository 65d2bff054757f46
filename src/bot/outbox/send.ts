/** Puts one view into a chat, page by page. */
import { type Api, InputFile } from 'grammy';
import { classifyFailure } from '../api/failure.ts';
import { shownLength } from '../views/html.ts';
import { CAPTION_MAX, type Picture } from '../views/picture.ts';
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
  /** PNG; null where there is no picture to be had. */
  readonly draw: (chatId: number, picture: Picture) => Promise<Uint8Array | null>;
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
  const underPicture = isPlain ? null : await sendPicture(sender, item, view);
  if (underPicture !== null) return underPicture;
  const markup = isLast && !isPlain && !delivery.via ? keptMarkup(view) : undefined;
  item.attempt = { page, text, isPlain, markup, ...sender.ids.mark(chatId) };
  await sender.beforeAttempt(item);
  const message = await api.sendMessage(chatId, text, { ...options, ...placeOf(item) });
  return message.message_id;
}

/** Null where the text has to do: nothing to show, no room under it, or pictures are refused. */
async function sendPicture(sender: Sender, item: Waiting, view: View): Promise<number | null> {
  const { chatId, via } = item.delivery;
  const [text = '', ...more] = view.pages;
  if (!view.picture || via || more.length > 0 || shownLength(text) > CAPTION_MAX) return null;
  const bytes = await sender.draw(chatId, view.picture);
  if (!bytes) return null;
  const markup = keptMarkup(view);
  const mark = sender.ids.mark(chatId);
  item.attempt = { page: 0, text, isPlain: false, isPicture: true, markup, ...mark };
  await sender.beforeAttempt(item);
  try {
    const options = { ...captionOptions(text, view.markup), ...placeOf(item) };
    const file = new InputFile(bytes, `${view.picture.utcDay}.png`);
    const message = await sender.api.sendPhoto(chatId, file, options);
    return message.message_id;
  } catch (error) {
    if (classifyFailure(error).kind !== 'refused') throw error;
    item.attempt = null;
    return null;
  }
}

function placeOf({ delivery: { silent, threadId } }: Waiting) {
  return {
    ...(silent ? { disable_notification: true } : {}),
    ...(threadId === undefined ? {} : { message_thread_id: threadId }),
  };
}

export function captionOptions(caption: string, markup: View['markup']) {
  return { caption, parse_mode: 'HTML' as const, ...(markup ? { reply_markup: markup } : {}) };
}

/** An absent keyboard must be absent, not null. */
export function pageOptions(isPlain: boolean, markup: View['markup']) {
  return {
    link_preview_options: { is_disabled: true },
    ...(isPlain ? {} : { parse_mode: 'HTML' as const }),
    ...(markup ? { reply_markup: markup } : {}),
  };
}
