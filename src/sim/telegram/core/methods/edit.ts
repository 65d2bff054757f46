import { isDeepStrictEqual } from 'node:util';
import type { InlineKeyboardMarkup, Message } from '@grammyjs/types';
import { z } from 'zod';
import { formatText } from '../entities/format.ts';
import { readEditMarkup } from '../keyboards.ts';
import { chatId, int, json, parseIfString, read } from '../payload.ts';
import { badRequest } from '../reply.ts';
import type { Room } from '../room.ts';
import type { Content, StoredMessage } from '../stored-message.ts';
import type { Call } from './call.ts';
import { findFile } from './media.ts';

const TARGET = z.object({
  chat_id: chatId,
  message_id: int,
  parse_mode: z.string().optional(),
  text: z.string().optional(),
  caption: z.string().optional(),
});

const MEDIA = z.object({
  type: z.string(),
  media: z.string(),
  caption: z.string().optional(),
  parse_mode: z.string().optional(),
  caption_entities: z.unknown().optional(),
});

interface Target {
  readonly room: Room;
  readonly stored: StoredMessage;
  readonly args: z.output<typeof TARGET>;
}

export function editMessageText(call: Call): Message {
  const { room, stored, args } = findTarget(call);
  const { content } = stored;
  if (content.kind !== 'text') throw badRequest('there is no text in the message to edit');
  const input = { text: args.text ?? '', parseMode: args.parse_mode };
  const body = formatText({ ...input, entities: call.payload['entities'] }, 'text');
  return apply(call, room, stored, { kind: 'text', body });
}

export function editMessageCaption(call: Call): Message {
  const { room, stored, args } = findTarget(call);
  const { content } = stored;
  if (content.kind === 'text') throw badRequest('there is no caption in the message to edit');
  const input = { text: args.caption ?? '', parseMode: args.parse_mode };
  const body = formatText({ ...input, entities: call.payload['caption_entities'] }, 'caption');
  return apply(call, room, stored, { ...content, body });
}

/** Also turns a text message into one with media, which Telegram allows; there is no way back. */
export function editMessageMedia(call: Call): Message {
  const { room, stored } = findTarget(call);
  const parsed = json(MEDIA).safeParse(parseIfString(call.payload['media']));
  if (!parsed.success) throw badRequest("can't parse InputMedia: JSON object expected");
  const { type, media, caption, parse_mode: parseMode, caption_entities: entities } = parsed.data;
  if (type !== 'photo' && type !== 'document') {
    throw badRequest(`type "${type}" of InputMedia is unsupported: "photo" or "document" expected`);
  }
  const body = formatText({ text: caption ?? '', parseMode, entities }, 'caption');
  const file = findFile(call, type, media, 'media');
  return apply(call, room, stored, { kind: type, body, file });
}

export function editMessageReplyMarkup(call: Call): Message {
  const { room, stored } = findTarget(call);
  return apply(call, room, stored, stored.content);
}

function findTarget(call: Call): Target {
  if (call.payload['inline_message_id'] !== undefined) {
    throw badRequest('inline messages are unsupported by this emulator');
  }
  const args = read(TARGET, call.payload);
  const room = call.world.openRoom(args.chat_id);
  const stored = room.messages.get(args.message_id);
  if (stored === undefined) throw badRequest('message to edit not found');
  if (stored.from.id !== call.world.bot.id || !stored.editable) {
    throw badRequest("message can't be edited");
  }
  return { room, stored, args };
}

/** An edit without `reply_markup` takes the keyboard away. */
function apply(call: Call, room: Room, stored: StoredMessage, content: Content): Message {
  const { world } = call;
  const keyboard = readEditMarkup(call.payload['reply_markup']);
  if (isSame(stored, content, keyboard)) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly ' +
        'the same as a current content and reply markup of the message',
    );
  }
  const textChanged = content !== stored.content;
  stored.content = content;
  stored.keyboard = keyboard;
  stored.editDateS = world.nowS();
  world.offer(stored);
  const at = { chatId: room.chat.id, messageId: stored.id };
  const what = textChanged ? content.body.text : buttonsText(keyboard);
  world.note({ who: 'bot', act: 'edits', text: what, ...at });
  world.events.emit({ type: 'edit', ...at });
  return world.show(room, stored);
}

function isSame(
  stored: StoredMessage,
  content: Content,
  keyboard: InlineKeyboardMarkup | undefined,
): boolean {
  const sameFile =
    content.kind === 'text' ||
    (stored.content.kind !== 'text' && stored.content.file.fileId === content.file.fileId);
  return (
    stored.content.kind === content.kind &&
    sameFile &&
    isDeepStrictEqual(stored.content.body, content.body) &&
    isDeepStrictEqual(stored.keyboard, keyboard)
  );
}

function buttonsText(keyboard: InlineKeyboardMarkup | undefined): string {
  const labels = (keyboard?.inline_keyboard ?? []).flat().map(({ text }) => `[${text}]`);
  return labels.length === 0 ? '(no buttons)' : labels.join(' ');
}
