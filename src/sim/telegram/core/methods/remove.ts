import { z } from 'zod';
import { chatId, int, json, read } from '../payload.ts';
import { badRequest } from '../reply.ts';
import type { Room } from '../room.ts';
import type { Call } from './call.ts';

const DELETABLE_S = 48 * 3600;
const ONE = z.object({ chat_id: chatId, message_id: int });
const MANY = z.object({ chat_id: chatId, message_ids: json(z.array(int).min(1).max(100)) });

export function deleteMessage(call: Call): true {
  const args = read(ONE, call.payload);
  const room = call.world.openRoom(args.chat_id);
  const stored = room.messages.get(args.message_id);
  if (stored === undefined) throw badRequest('message to delete not found');
  if (isTooOld(call, stored.dateS)) throw badRequest("message can't be deleted");
  remove(call, room, args.message_id);
  return true;
}

/** Messages that are gone or too old are skipped, as Telegram does. */
export function deleteMessages(call: Call): true {
  const args = read(MANY, call.payload);
  const room = call.world.openRoom(args.chat_id);
  for (const id of args.message_ids) {
    const stored = room.messages.get(id);
    if (stored !== undefined && !isTooOld(call, stored.dateS)) remove(call, room, id);
  }
  return true;
}

function isTooOld(call: Call, dateS: number): boolean {
  return call.world.nowS() - dateS > DELETABLE_S;
}

function remove(call: Call, room: Room, messageId: number): void {
  room.remove(messageId);
  const at = { chatId: room.chat.id, messageId };
  call.world.note({ who: 'bot', act: 'deletes', text: '', ...at });
  call.world.events.emit({ type: 'delete', ...at });
  call.world.events.emit({ type: 'state', chatId: room.chat.id });
}
