/** Pictures and files, sent at once: an answer wanted now does not queue for long. */
import { InputFile } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import { classifyFailure, describeFailure } from './api/failure.ts';
import type { Request } from './context.ts';
import { captionOptions } from './outbox/send.ts';
import { inBackgroundReply } from './reply.ts';
import { topicOf } from './topic.ts';

export interface Medium {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** HTML, at most 1,024 characters when read. */
  readonly caption: string;
  readonly markup?: InlineKeyboardMarkup;
}

export function sendDocument(request: Request, medium: Medium): void {
  inBackgroundReply(request, 'send a file', async () => {
    const { api, chatId } = request;
    const file = new InputFile(medium.bytes, medium.name);
    await api.sendDocument(chatId, file, {
      ...captionOptions(medium.caption, medium.markup),
      ...placeOf(request),
    });
  });
}

/** Resolves to the id of the message. @throws what Telegram refused */
export async function sendPhoto(request: Request, medium: Medium): Promise<number> {
  const { api, chatId } = request;
  const file = new InputFile(medium.bytes, medium.name);
  const message = await api.sendPhoto(chatId, file, {
    ...captionOptions(medium.caption, medium.markup),
    ...placeOf(request),
  });
  return message.message_id;
}

/** Another picture in a message that holds one. */
export async function replacePhoto(
  request: Request,
  messageId: number,
  medium: Medium,
): Promise<void> {
  const { api, chatId, log } = request;
  const { reply_markup, ...caption } = captionOptions(medium.caption, medium.markup);
  const media = new InputFile(medium.bytes, medium.name);
  try {
    await api.editMessageMedia(
      chatId,
      messageId,
      { type: 'photo', media, ...caption },
      reply_markup ? { reply_markup } : {},
    );
  } catch (error) {
    if (classifyFailure(error).kind === 'unchanged') return;
    log.warn(describeFailure(error), 'picture not replaced');
    throw error;
  }
}

/** The topic of the question, where there is one. */
function placeOf({ ctx, chatId }: Request) {
  const threadId = ctx.chatId === chatId ? topicOf(ctx) : undefined;
  return threadId === undefined ? {} : { message_thread_id: threadId };
}
