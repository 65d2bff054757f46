import type { Message } from '@grammyjs/types';
import { z } from 'zod';
import { formatText } from '../entities/format.ts';
import { type Markup, readMarkup } from '../keyboards.ts';
import { chatId, flag, int, json, read } from '../payload.ts';
import { badRequest } from '../reply.ts';
import type { Room } from '../room.ts';
import type { Content, StoredMessage } from '../stored-message.ts';
import type { World } from '../world.ts';
import type { Call } from './call.ts';
import { findFile } from './media.ts';

const REPLY = z.object({
  message_id: int,
  chat_id: chatId.optional(),
  allow_sending_without_reply: flag.optional(),
  quote: z.string().optional(),
});

const ENVELOPE = z.object({
  chat_id: chatId,
  message_thread_id: int.optional(),
  disable_notification: flag.optional(),
  protect_content: flag.optional(),
  parse_mode: z.string().optional(),
  link_preview_options: json(z.object({})).optional(),
  reply_parameters: json(REPLY).optional(),
  reply_to_message_id: int.optional(),
});
type Envelope = z.output<typeof ENVELOPE>;

export function sendMessage(call: Call): Message {
  const envelope = read(ENVELOPE, call.payload);
  const { text } = read(z.object({ text: z.string().optional() }), call.payload);
  const room = call.world.openRoom(envelope.chat_id);
  const body = formatText(
    { text: text ?? '', parseMode: envelope.parse_mode, entities: call.payload['entities'] },
    'text',
  );
  return deliver(call, room, envelope, { kind: 'text', body });
}

export function sendPhoto(call: Call): Message {
  return sendFile(call, 'photo');
}

export function sendDocument(call: Call): Message {
  return sendFile(call, 'document');
}

function sendFile(call: Call, kind: 'photo' | 'document'): Message {
  const envelope = read(ENVELOPE, call.payload);
  const { caption } = read(z.object({ caption: z.string().optional() }), call.payload);
  const room = call.world.openRoom(envelope.chat_id);
  const entities = call.payload['caption_entities'];
  const input = { text: caption ?? '', parseMode: envelope.parse_mode, entities };
  const body = formatText(input, 'caption');
  const file = findFile(call, kind, call.payload[kind], kind);
  return deliver(call, room, envelope, { kind, body, file });
}

function deliver(call: Call, room: Room, envelope: Envelope, content: Content): Message {
  const { world } = call;
  const { message_thread_id: threadId } = envelope;
  if (threadId !== undefined && !room.topics.has(threadId)) {
    throw badRequest('message thread not found');
  }
  const markup = readMarkup(call.payload['reply_markup']);
  const stored: StoredMessage = {
    id: 0,
    chat: room.chat,
    from: botUser(world),
    dateS: world.nowS(),
    replyTo: replyTarget(room, envelope),
    threadId,
    silent: envelope.disable_notification === true,
    protectedContent: envelope.protect_content === true,
    editable: markup === undefined || markup.kind === 'inline',
    offered: new Set(),
    content,
    editDateS: undefined,
    keyboard: markup?.kind === 'inline' ? markup.markup : undefined,
    reactions: [],
  };
  // The id is taken last: a refused call leaves no gap.
  const message = { ...stored, id: room.takeId() };
  room.add(message);
  world.offer(message);
  applyKeyboard(room, message.id, markup);
  const said = { who: 'bot', act: 'says', text: content.body.text } as const;
  world.note({ ...said, chatId: room.chat.id, messageId: message.id });
  world.events.emit({ type: 'message', chatId: room.chat.id, messageId: message.id });
  if (markup !== undefined) world.events.emit({ type: 'state', chatId: room.chat.id });
  return world.show(room, message);
}

function botUser({ bot }: World): StoredMessage['from'] {
  return { id: bot.id, is_bot: true, first_name: bot.first_name, username: bot.username };
}

function replyTarget(room: Room, envelope: Envelope): number | undefined {
  const id = envelope.reply_parameters?.message_id ?? envelope.reply_to_message_id;
  if (id === undefined) return undefined;
  const target = room.messages.get(id);
  if (target === undefined) {
    if (envelope.reply_parameters?.allow_sending_without_reply === true) return undefined;
    throw badRequest('message to be replied not found');
  }
  const quote = envelope.reply_parameters?.quote;
  if (quote !== undefined && !target.content.body.text.includes(quote)) {
    throw badRequest('quoted text not found: QUOTE_TEXT_INVALID');
  }
  return id;
}

function applyKeyboard(room: Room, messageId: number, markup: Markup | undefined): void {
  if (markup?.kind === 'keyboard') room.replyKeyboard = markup.markup;
  if (markup?.kind === 'remove') room.replyKeyboard = undefined;
  if (markup?.kind === 'force_reply') room.forceReply = { messageId, markup: markup.markup };
}
