/**
 * What became of an attempt whose outcome is unknown. Telegram offers no key that would make a
 * repeated send harmless, and no list of what was sent. But it answers edits exactly: a caption for
 * a text message of ours is refused in words of its own, which harms nothing, and an edit to the
 * text that is there already "is not modified". So the ids after the last known one are asked
 * until the message is found. Nothing is shown twice meanwhile, and nothing is lost.
 */
import type { Api } from 'grammy';
import type { InlineKeyboardMarkup } from 'grammy/types';
import { classifyFailure, type FailureKind } from '../api/failure.ts';
import type { MessageIds } from './message-ids.ts';
import type { Attempt } from './outbox-state.ts';
import { captionOptions, pageOptions } from './send.ts';

export interface Finder {
  readonly api: Api;
  readonly ids: MessageIds;
}

export interface Found {
  readonly id: number;
  /** False: it stands where another message of ours was that a crash had made unknown. */
  readonly isCertain: boolean;
}

/** Null when it is nowhere. @throws while Telegram cannot say */
export async function findAttempt(
  finder: Finder,
  chatId: number,
  attempt: Attempt,
): Promise<Found | null> {
  const { api, ids } = finder;
  const { text, isPlain, isPicture, markup: kept, ...mark } = attempt;
  // What is kept of the buttons is what Telegram was sent.
  const markup = kept as InlineKeyboardMarkup | undefined;
  if (isPicture) return findPicture(finder, chatId, attempt, markup);
  const options = pageOptions(isPlain, markup);
  const own: number[] = [];
  for (const id of ids.candidates(chatId, mark)) {
    const kind = await ask(() => api.editMessageCaption(chatId, id, { caption: '' }));
    if (kind === 'no_caption') own.push(id);
  }
  // One attempt at a time is under way in a chat: it is the newest that nobody knows.
  for (const id of own.sort((a, b) => b - a)) {
    const kind = await ask(() => api.editMessageText(chatId, id, text, options));
    if (kind === 'unchanged') return { id, isCertain: true };
    if (kind === 'done') return { id, isCertain: false };
  }
  return null;
}

/** A picture is known by its caption; that of a text message is refused and harms nothing. */
async function findPicture(
  { api, ids }: Finder,
  chatId: number,
  { text, ...mark }: Attempt,
  markup: InlineKeyboardMarkup | undefined,
): Promise<Found | null> {
  const options = captionOptions(text, markup);
  for (const id of ids.candidates(chatId, mark).sort((a, b) => b - a)) {
    const kind = await ask(() => api.editMessageCaption(chatId, id, options));
    if (kind === 'unchanged') return { id, isCertain: true };
    if (kind === 'done') return { id, isCertain: false };
  }
  return null;
}

async function ask(call: () => Promise<unknown>): Promise<FailureKind['kind'] | 'done'> {
  try {
    await call();
    return 'done';
  } catch (error) {
    const { kind } = classifyFailure(error);
    if (kind === 'flood' || kind === 'temporary' || kind === 'unreachable') throw error;
    return kind;
  }
}
