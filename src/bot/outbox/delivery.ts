/** One thing to tell a chat, and who takes it there. */
import type { Api } from 'grammy';
import type { View } from '../views/view.ts';

/** Most urgent first. `status` is what a later edit makes worthless; only that may vanish. */
export const PRIORITIES = ['critical', 'reply', 'warning', 'notice', 'report', 'status'] as const;
export type Priority = (typeof PRIORITIES)[number];

export interface Delivery {
  readonly chatId: number;
  /** The topic of a group; its general one unless told. */
  readonly threadId?: number | undefined;
  readonly priority: Priority;
  /** When what it tells was true. */
  readonly at: number;
  /** Edits this message instead of sending a new one; a later edit of it takes its place. */
  readonly edits?: number | undefined;
  readonly silent?: boolean | undefined;
  /** Called right before each try, so that it shows the state of then; null: nothing to tell. */
  readonly compose: (ageMs: number) => View | null;
  /** The API of the update's context where the markup is a menu; the bot's own otherwise. */
  readonly via?: Api | undefined;
  /** Nonces of the buttons: tied to the message also when a restart lies between. */
  readonly binds?: readonly string[] | undefined;
  /** Names what the message is about, for who follows it; also after a restart. */
  readonly key?: string | undefined;
  /** The id of the message that carries the buttons, once it is there. Not after a restart. */
  readonly onSent?: ((messageId: number) => void) | undefined;
}

export interface OutboxHealth {
  readonly waiting: number;
  /** For chats that cannot be reached at present. */
  readonly parked: number;
  readonly delivered: number;
  /** Refused by Telegram for good, or pushed out of a full queue. */
  readonly lost: number;
  /** Outcomes that were unknown and have been found out. */
  readonly clarified: number;
}

export interface Outbox {
  /** Queues and returns at once. Order is kept per chat and priority. */
  push(delivery: Delivery): void;
  /** A message that an update brought: ours come after it. */
  saw(chatId: number, messageId: number): void;
  /** The chat can be reached again: what was parked goes out. */
  reopen(chatId: number): void;
  health(): OutboxHealth;
}
