/** One thing to tell a chat. An interface of its own, so that a durable outbox can take over. */
import type { Api } from 'grammy';
import type { View } from '../views/view.ts';

/** Most urgent first. */
export const PRIORITIES = ['critical', 'reply', 'warning', 'notice'] as const;
export type Priority = (typeof PRIORITIES)[number];

export interface Delivery {
  readonly chatId: number;
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
  /** The id of the message that carries the buttons, once it is there. */
  readonly onSent?: ((messageId: number) => void) | undefined;
}

export interface OutboxHealth {
  readonly waiting: number;
  readonly delivered: number;
  /** Refused by Telegram for good, or pushed out of a full queue. */
  readonly lost: number;
}

export interface Outbox {
  /** Queues and returns at once. Order is kept per chat and priority. */
  push(delivery: Delivery): void;
  health(): OutboxHealth;
}
