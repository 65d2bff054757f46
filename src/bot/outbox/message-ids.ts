/**
 * Which message ids are known, and where a message could be whose sending has no known outcome.
 * In private chats and basic groups Telegram counts the messages of the bot's whole account, in
 * supergroups those of the group.
 */
import type { Attempt } from './outbox-state.ts';

/** How many ids that nobody knows to ask for. */
const WINDOW = 8;
const KNOWN_MAX = 400;
const KEPT_MAX = 24;
const CHATS_MAX = 2000;
const SUPERGROUP_BELOW = -1_000_000_000_000;

export class MessageIds {
  readonly #last = new Map<number, number>();
  readonly #known = new Map<number, Set<number>>();
  #lastPrivate = 0;

  constructor(knownIds: Readonly<Record<string, readonly number[]>>) {
    for (const [chatId, ids] of Object.entries(knownIds)) {
      for (const id of ids) this.saw(Number(chatId), id);
    }
  }

  /** A message that exists: ours, or one that an update brought. */
  saw(chatId: number, messageId: number): void {
    this.#last.set(chatId, Math.max(messageId, this.#last.get(chatId) ?? 0));
    const known = this.#known.get(chatId) ?? new Set();
    known.add(messageId);
    this.#known.set(chatId, known);
    trim(known, KNOWN_MAX);
    trim(this.#last, CHATS_MAX);
    trim(this.#known, CHATS_MAX);
    if (sharesCounter(chatId)) this.#lastPrivate = Math.max(this.#lastPrivate, messageId);
  }

  mark(chatId: number): Pick<Attempt, 'afterId' | 'afterPrivateId'> {
    const afterId = this.#last.get(chatId) ?? 0;
    return { afterId, afterPrivateId: sharesCounter(chatId) ? this.#lastPrivate : afterId };
  }

  /** Where a message sent after the mark is, if it arrived; known ones left out. */
  candidates(chatId: number, mark: Pick<Attempt, 'afterId' | 'afterPrivateId'>): number[] {
    const known = this.#known.get(chatId) ?? new Set();
    const found = new Set<number>();
    for (const from of new Set([mark.afterId, mark.afterPrivateId])) {
      for (let id = from + 1, left = WINDOW; left > 0; id += 1) {
        if (known.has(id)) continue;
        found.add(id);
        left -= 1;
      }
    }
    return [...found];
  }

  newest(): Record<string, number[]> {
    const entries = [...this.#known].map(([id, known]) => [id, [...known].slice(-KEPT_MAX)]);
    return Object.fromEntries(entries);
  }
}

function sharesCounter(chatId: number): boolean {
  return chatId > SUPERGROUP_BELOW;
}

function trim(kept: Set<number> | Map<number, unknown>, max: number): void {
  for (const oldest of kept.keys()) {
    if (kept.size <= max) return;
    kept.delete(oldest);
  }
}
