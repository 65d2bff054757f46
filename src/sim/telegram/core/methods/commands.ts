import type { BotCommand, BotCommandScope, MenuButton } from '@grammyjs/types';
import { z } from 'zod';
import { chatId, int, json, read } from '../payload.ts';
import { badRequest } from '../reply.ts';
import type { Call } from './call.ts';

const SCOPE = z.discriminatedUnion('type', [
  z.object({ type: z.literal('default') }),
  z.object({ type: z.literal('all_private_chats') }),
  z.object({ type: z.literal('all_group_chats') }),
  z.object({ type: z.literal('all_chat_administrators') }),
  z.object({ type: z.literal('chat'), chat_id: chatId }),
  z.object({ type: z.literal('chat_administrators'), chat_id: chatId }),
  z.object({ type: z.literal('chat_member'), chat_id: chatId, user_id: int }),
]);

const WHERE = z.object({
  scope: json(SCOPE).optional(),
  language_code: z.string().optional(),
});

const COMMANDS = z.object({
  commands: json(z.array(z.object({ command: z.string(), description: z.string() })).max(100)),
});

const MENU = z.object({
  chat_id: int.optional(),
  menu_button: json(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('commands') }),
      z.object({ type: z.literal('default') }),
    ]),
  ).optional(),
});

export function setMyCommands(call: Call): true {
  const { scope, language } = readWhere(call);
  const { commands } = read(COMMANDS, call.payload);
  for (const { command, description } of commands) {
    if (!/^\/?[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
    if (description.trim() === '' || description.length > 256) {
      throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
    }
  }
  const bare = commands.map((entry) => ({ ...entry, command: entry.command.replace(/^\//, '') }));
  call.world.commands.set(scope, language, bare);
  call.world.events.emit({ type: 'state', chatId: null });
  return true;
}

export function getMyCommands(call: Call): BotCommand[] {
  const { scope, language } = readWhere(call);
  return [...call.world.commands.get(scope, language)];
}

export function deleteMyCommands(call: Call): true {
  const { scope, language } = readWhere(call);
  call.world.commands.set(scope, language, []);
  call.world.events.emit({ type: 'state', chatId: null });
  return true;
}

export function setChatMenuButton(call: Call): true {
  const args = read(MENU, call.payload);
  const rooms =
    args.chat_id === undefined ? call.world.rooms.values() : [call.world.room(args.chat_id)];
  for (const room of rooms) room.menuButton = args.menu_button ?? { type: 'default' };
  call.world.events.emit({ type: 'state', chatId: args.chat_id ?? null });
  return true;
}

export function getChatMenuButton(call: Call): MenuButton {
  const { chat_id } = read(MENU, call.payload);
  return chat_id === undefined ? { type: 'default' } : call.world.room(chat_id).menuButton;
}

/** A scope that names a chat needs one the bot knows. */
function readWhere(call: Call): { scope: BotCommandScope; language: string } {
  const args = read(WHERE, call.payload);
  const scope = args.scope ?? { type: 'default' };
  if ('chat_id' in scope) call.world.room(scope.chat_id);
  const language = args.language_code ?? '';
  if (!/^([a-z]{2})?$/.test(language)) throw badRequest('invalid language code specified');
  return { scope, language };
}
