/** Puts one view into a chat: edits or sends, page by page. */
import type { Api } from 'grammy';
import { classifyFailure } from '../api/failure.ts';
import type { View } from '../views/view.ts';
import type { Waiting } from './chat-queue.ts';

/** Resolves to the id of the message with the buttons. @throws what Telegram refused */
export async function sendView(api: Api, item: Waiting, view: View): Promise<number> {
  const { delivery } = item;
  item.started ??= { view, pages: 0 };
  const { started } = item;
  const { pages, markup } = started.view;
  let messageId = delivery.edits ?? 0;
  while (started.pages < pages.length) {
    const isLast = started.pages === pages.length - 1;
    const text = pages[started.pages] ?? '';
    const extra = isLast && markup ? { reply_markup: markup } : {};
    const isEdit = started.pages === 0 && delivery.edits !== undefined;
    messageId = isEdit
      ? await editOrSend(api, item, text, extra)
      : await send(api, item, text, extra);
    started.pages += 1;
  }
  return messageId;
}

/** An absent keyboard must be absent, not null. */
type Extra = { readonly reply_markup?: NonNullable<View['markup']> };

async function editOrSend(api: Api, item: Waiting, text: string, extra: Extra): Promise<number> {
  const { chatId, edits = 0 } = item.delivery;
  try {
    await api.editMessageText(chatId, edits, text, { parse_mode: 'HTML', ...extra });
    return edits;
  } catch (error) {
    const { kind } = classifyFailure(error);
    if (kind === 'unchanged') return edits;
    if (kind === 'message_gone') return send(api, item, text, extra);
    throw error;
  }
}

async function send(api: Api, item: Waiting, text: string, extra: Extra): Promise<number> {
  const { chatId, silent } = item.delivery;
  const message = await api.sendMessage(chatId, text, {
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
    ...(silent ? { disable_notification: true } : {}),
    ...extra,
  });
  return message.message_id;
}
