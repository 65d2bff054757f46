/** A message as the HTTP interface shows it to automation and to the page. */
import type { InlineKeyboardButton, Message, MessageEntity } from '@grammyjs/types';
import type { TelegramCore } from '../core/core.ts';

export interface ButtonView {
  readonly text: string;
  /** Callback data; absent from buttons that ask the bot nothing. */
  readonly data?: string;
  readonly style?: string;
  readonly url?: string;
  readonly copyText?: string;
  readonly disabled?: boolean;
}

export interface MessageView {
  readonly id: number;
  /** `bot`, `owner` or `stranger`. */
  readonly from: string;
  /** Unix seconds. */
  readonly date: number;
  readonly text: string | null;
  readonly caption: string | null;
  readonly buttons: ReadonlyArray<readonly ButtonView[]>;
  /** Path of the picture, or null. */
  readonly photo: string | null;
  readonly pinned: boolean;
  readonly edited: boolean;
  readonly entities: readonly MessageEntity[];
  readonly photoSize: { readonly width: number; readonly height: number } | null;
  readonly document: {
    readonly name: string;
    readonly sizeBytes: number;
    readonly path: string;
  } | null;
  readonly replyTo: {
    readonly id: number;
    readonly from: string;
    readonly text: string;
  } | null;
  readonly silent: boolean;
  readonly reactions: readonly string[];
}

export function messageViews(core: TelegramCore, user: string): readonly MessageView[] {
  return core.messages(user).map((message) => viewOf(core, user, message));
}

export function messageView(core: TelegramCore, user: string, id: number): MessageView | null {
  const message = core.message(user, id);
  return message === undefined ? null : viewOf(core, user, message);
}

function viewOf(core: TelegramCore, user: string, message: Message): MessageView {
  const room = core.room(user);
  const stored = room.messages.get(message.message_id);
  const photo = message.photo?.at(-1);
  const rows = message.reply_markup?.inline_keyboard ?? [];
  return {
    id: message.message_id,
    from: authorOf(core, message),
    date: message.date,
    text: message.text ?? null,
    caption: message.caption ?? null,
    buttons: rows.map((row) => row.map(buttonView)),
    photo: photo === undefined ? null : mediaPath(photo.file_id),
    pinned: room.pins.includes(message.message_id),
    edited: message.edit_date !== undefined,
    entities: message.entities ?? message.caption_entities ?? [],
    photoSize: photo === undefined ? null : { width: photo.width, height: photo.height },
    document: documentView(message),
    replyTo: replyView(core, message.reply_to_message),
    silent: stored?.silent ?? false,
    reactions: stored?.reactions ?? [],
  };
}

function authorOf(core: TelegramCore, message: Message): string {
  return message.from === undefined ? 'bot' : core.keyOf(message.from.id);
}

function buttonView(button: InlineKeyboardButton): ButtonView {
  return {
    text: button.text,
    ...('callback_data' in button ? { data: button.callback_data } : {}),
    ...(button.style === undefined ? {} : { style: button.style }),
    ...('url' in button ? { url: button.url } : {}),
    ...('copy_text' in button ? { copyText: button.copy_text.text } : {}),
    ...('disabled' in button ? { disabled: true } : {}),
  };
}

function documentView(message: Message): MessageView['document'] {
  const { document } = message;
  if (document === undefined) return null;
  return {
    name: document.file_name ?? 'file',
    sizeBytes: document.file_size ?? 0,
    path: mediaPath(document.file_id),
  };
}

function replyView(core: TelegramCore, reply: Message | undefined): MessageView['replyTo'] {
  if (reply === undefined) return null;
  const text = (reply.text ?? reply.caption ?? '').slice(0, 120);
  return { id: reply.message_id, from: authorOf(core, reply), text };
}

function mediaPath(fileId: string): string {
  return `/media/${encodeURIComponent(fileId)}`;
}
