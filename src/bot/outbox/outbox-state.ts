/** What waits for delivery, as kept on disk. */
import { z } from 'zod';
import { pictureSchema } from '../views/picture.ts';
import { PRIORITIES } from './delivery.ts';

export const KEPT_MAX = 20_000;
export const PAGES_MAX = 50;
export const DOUBTS_MAX = 1000;

/** Buttons came from this program: their inside is Telegram's to check. */
const markup = z.object({ inline_keyboard: z.array(z.array(z.looseObject({ text: z.string() }))) });

const attempt = z.object({
  page: z.number().int().min(0),
  text: z.string(),
  isPlain: z.boolean(),
  markup: markup.optional(),
  /** The text stands under a picture. */
  isPicture: z.boolean().optional(),
  /** The highest message ids known before it: in its chat, and in all private ones. */
  afterId: z.number().int(),
  afterPrivateId: z.number().int(),
});

/** Sent again because the first attempt was nowhere to be found: looked for once more later. */
const doubt = z.object({ chatId: z.number().int(), dueAt: z.number(), attempt });

const kept = z.object({
  chatId: z.number().int(),
  threadId: z.number().int().optional(),
  priority: z.enum(PRIORITIES),
  at: z.number(),
  edits: z.number().int().optional(),
  silent: z.boolean(),
  pages: z.array(z.string()).max(PAGES_MAX),
  markup: markup.optional(),
  picture: pictureSchema.optional(),
  binds: z.array(z.string()).max(100),
  key: z.string().max(64).optional(),
  isPlain: z.boolean(),
  /** How many pages are out. */
  done: z.number().int().min(0),
  attempt: attempt.nullable(),
});

export const outboxSchema = z.object({
  /** In the order they were pushed. */
  kept: z.array(kept).max(KEPT_MAX),
  doubts: z.array(doubt).max(DOUBTS_MAX),
  /** The newest message ids known of each chat. */
  knownIds: z.record(z.string(), z.array(z.number().int())),
});

export type Attempt = z.infer<typeof attempt>;
export type Doubt = z.infer<typeof doubt>;
export type KeptMarkup = z.infer<typeof markup>;
export type KeptDelivery = z.infer<typeof kept>;
export type OutboxState = z.infer<typeof outboxSchema>;

export function initialOutbox(): OutboxState {
  return { kept: [], doubts: [], knownIds: {} };
}
