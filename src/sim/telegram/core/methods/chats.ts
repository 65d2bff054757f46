import type { ChatMember } from '@grammyjs/types';
import { z } from 'zod';
import { chatId, flag, int, json, read } from '../payload.ts';
import { badRequest } from '../reply.ts';
import type { Call } from './call.ts';

const CHAT = z.object({ chat_id: chatId });
const MEMBER = z.object({ chat_id: chatId, user_id: int });
const ACTION = z.object({
  chat_id: chatId,
  action: z.enum([
    'typing',
    'upload_photo',
    'record_video',
    'upload_video',
    'record_voice',
    'upload_voice',
    'upload_document',
    'choose_sticker',
    'find_location',
    'record_video_note',
    'upload_video_note',
  ]),
});
const DRAFT = z.object({ chat_id: int, draft_id: int, text: z.string().max(4096).optional() });
const REACTION = z.object({
  chat_id: chatId,
  message_id: int,
  reaction: json(
    z.array(z.object({ type: z.literal('emoji'), emoji: z.string().min(1) })).max(1),
  ).optional(),
  is_big: flag.optional(),
});

/** The fields of `ChatFullInfo` that a bot of ours reads, and those that every chat has. */
export function getChat(call: Call): object {
  const room = call.world.room(read(CHAT, call.payload).chat_id);
  const pin = room.pins[0];
  const pinned = pin === undefined ? undefined : room.messages.get(pin);
  return {
    ...room.chat,
    accent_color_id: 0,
    max_reaction_count: 11,
    ...(pinned === undefined ? {} : { pinned_message: call.world.show(room, pinned) }),
  };
}

export function getChatMember(call: Call): ChatMember {
  const args = read(MEMBER, call.payload);
  const room = call.world.room(args.chat_id);
  const user =
    args.user_id === call.world.bot.id ? call.world.bot : call.world.publicUser(args.user_id);
  const present =
    user !== undefined &&
    (room.chat.id === user.id ||
      user.id === call.world.bot.id ||
      room.members.some(({ id }) => id === user.id));
  if (!present) throw badRequest('user not found');
  return { status: 'member', user };
}

export function leaveChat(call: Call): true {
  const room = call.world.openRoom(read(CHAT, call.payload).chat_id);
  if (room.chat.type === 'private') {
    throw badRequest("chat member status can't be changed in private chats");
  }
  room.membership = 'left';
  call.world.events.emit({ type: 'state', chatId: room.chat.id });
  return true;
}

export function sendChatAction(call: Call): true {
  const { chat_id, action } = read(ACTION, call.payload);
  const room = call.world.openRoom(chat_id);
  call.world.events.emit({ type: 'action', chatId: room.chat.id, action });
  return true;
}

export function sendMessageDraft(call: Call): true {
  const args = read(DRAFT, call.payload);
  if (args.draft_id === 0) throw badRequest('draft_id must be non-zero');
  const room = call.world.openRoom(args.chat_id);
  if (room.chat.type !== 'private') throw badRequest('drafts are for private chats only');
  call.world.events.emit({ type: 'draft', chatId: room.chat.id, text: args.text ?? '' });
  return true;
}

export function setMessageReaction(call: Call): true {
  const args = read(REACTION, call.payload);
  const room = call.world.openRoom(args.chat_id);
  const stored = room.messages.get(args.message_id);
  if (stored === undefined) throw badRequest('message to react not found');
  stored.reactions = (args.reaction ?? []).map(({ emoji }) => emoji);
  call.world.events.emit({ type: 'edit', chatId: room.chat.id, messageId: stored.id });
  return true;
}
