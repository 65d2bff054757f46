/** From a delivery to what waits in a queue, to a record on disk, and back. */
import type { InlineKeyboardMarkup } from 'grammy/types';
import type { View } from '../views/view.ts';
import type { Waiting } from './chat-queue.ts';
import type { Delivery } from './delivery.ts';
import { type KeptDelivery, type KeptMarkup, PAGES_MAX } from './outbox-state.ts';
import { paged } from './paging.ts';

const EMPTY = { tries: 0, started: null, attempt: null, isPlain: false } as const;

/**
 * An answer that can go straight out is on its way before a disk could take it, and whoever asked
 * is there to ask again: it is kept when it has to wait, or once a try failed.
 * @throws what composing throws
 */
export function freshItem(delivery: Delivery, goesStraightOut: boolean): Waiting {
  const item: Waiting = { delivery, snapshot: null, ...EMPTY };
  if (delivery.priority !== 'reply' || !goesStraightOut) keep(item);
  return item;
}

/** From now on it outlives the process. */
export function keep(item: Waiting): void {
  if (item.snapshot || !isKeepable(item.delivery)) return;
  item.snapshot = item.started?.view ?? item.delivery.compose(0);
}

/** Menus belong to the update they answer, status edits to the state of the moment. */
function isKeepable({ via, priority }: Delivery): boolean {
  return via === undefined && priority !== 'status';
}

/** Null for what ends with the process. */
export function toKept(item: Waiting): KeptDelivery | null {
  const { delivery, started, attempt, isPlain, snapshot } = item;
  const view = snapshot && (started?.view ?? snapshot);
  if (!view) return null;
  const { chatId, threadId, priority, at, edits, silent, binds, key } = delivery;
  const pages = started ? view.pages : view.pages.flatMap((page) => paged(page));
  return {
    ...{ chatId, threadId, priority, at, edits, key },
    silent: silent ?? false,
    pages: pages.slice(0, PAGES_MAX),
    markup: keptMarkup(view),
    picture: view.picture,
    binds: [...(binds ?? [])],
    isPlain,
    done: started?.pages ?? 0,
    attempt,
  };
}

/** Plain data: a menu or a class of buttons has more to it than Telegram is sent. */
export function keptMarkup({ markup }: View): KeptMarkup | undefined {
  const rows = markup?.inline_keyboard;
  return rows && { inline_keyboard: rows.map((row) => row.map((button) => ({ ...button }))) };
}

export function restoredItem(record: KeptDelivery): Waiting {
  const { chatId, threadId, priority, at, edits, silent, binds, key } = record;
  const { pages, done, attempt, isPlain, picture } = record;
  // The schema has seen its outline; this program wrote it.
  const markup = record.markup as InlineKeyboardMarkup | undefined;
  const view: View = { pages, ...(markup ? { markup } : {}), ...(picture ? { picture } : {}) };
  const isStarted = attempt !== null || done > 0;
  return {
    delivery: { chatId, threadId, priority, at, edits, silent, binds, key, compose: () => view },
    snapshot: view,
    tries: 0,
    started: isStarted ? { view, pages: done } : null,
    attempt,
    isPlain,
  };
}
