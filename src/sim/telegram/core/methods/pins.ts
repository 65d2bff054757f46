import { z } from 'zod';
import { chatId, flag, int, read } from '../payload.ts';
import { badRequest } from '../reply.ts';
import type { Room } from '../room.ts';
import type { Call } from './call.ts';

const PIN = z.object({
  chat_id: chatId,
  message_id: int,
  disable_notification: flag.optional(),
});
const UNPIN = z.object({ chat_id: chatId, message_id: int.optional() });

export function pinChatMessage(call: Call): true {
  const { chat_id, message_id } = read(PIN, call.payload);
  const room = call.world.openRoom(chat_id);
  if (!room.messages.has(message_id)) throw badRequest('message to pin not found');
  setPins(call, room, 'pins', [message_id, ...room.pins.filter((id) => id !== message_id)]);
  return true;
}

/** Without an id: the newest pin. */
export function unpinChatMessage(call: Call): true {
  const args = read(UNPIN, call.payload);
  const room = call.world.openRoom(args.chat_id);
  const id = args.message_id ?? room.pins[0];
  if (id === undefined || !room.pins.includes(id)) throw badRequest('message to unpin not found');
  setPins(
    call,
    room,
    'unpins',
    room.pins.filter((pin) => pin !== id),
  );
  return true;
}

export function unpinAllChatMessages(call: Call): true {
  const room = call.world.openRoom(read(z.object({ chat_id: chatId }), call.payload).chat_id);
  setPins(call, room, 'unpins', []);
  return true;
}

function setPins(call: Call, room: Room, act: 'pins' | 'unpins', pins: readonly number[]): void {
  const touched = act === 'pins' ? pins[0] : undefined;
  room.pins = pins;
  const { id } = room.chat;
  call.world.note({ who: 'bot', act, chatId: id, messageId: touched ?? null, text: '' });
  call.world.events.emit({ type: 'state', chatId: id });
}
