/** Every method this emulator knows. Results are held against the Bot API's own types. */
import type { ApiMethods, Message } from '@grammyjs/types';
import * as bot from './bot.ts';
import type { Call } from './call.ts';
import { answerCallbackQuery } from './callbacks.ts';
import * as chats from './chats.ts';
import * as commands from './commands.ts';
import * as edit from './edit.ts';
import * as pins from './pins.ts';
import * as remove from './remove.ts';
import * as send from './send.ts';

/** Which kind of message a method answers is settled by its tests, not by its type. */
type Loose<R> = R extends { message_id: number } ? Message : R;

type Table = {
  readonly [M in keyof ApiMethods<never>]?: (
    call: Call,
  ) => M extends 'getChat' ? object : Loose<ReturnType<ApiMethods<never>[M]>>;
};

/** `getUpdates` is missing here: it alone waits, see `dispatch`. */
const METHODS: Table = {
  ...bot,
  ...chats,
  ...commands,
  ...edit,
  ...pins,
  ...remove,
  ...send,
  answerCallbackQuery,
};

const BY_NAME = new Map(
  Object.entries(METHODS).map(([name, run]) => [name.toLowerCase(), { name, run }] as const),
);

/** Method names are case-insensitive in the Bot API. */
export function findMethod(
  name: string,
): { readonly name: string; readonly run: (call: Call) => unknown } | undefined {
  return BY_NAME.get(name.toLowerCase());
}

export function methodNames(): readonly string[] {
  return ['getUpdates', ...Object.keys(METHODS)];
}
