/** What waits for one chat: most urgent first, otherwise in order, never more than a limit. */
import type { View } from '../views/view.ts';
import { type Delivery, PRIORITIES } from './delivery.ts';
import type { Attempt } from './outbox-state.ts';

export const QUEUE_MAX = 200;

export interface Waiting {
  delivery: Delivery;
  /** What the disk holds of it; null: nothing, it ends with the process. */
  snapshot: View | null;
  /** Failed tries since the last success. */
  tries: number;
  /** Once an attempt was made the rest must match it. */
  started: { readonly view: View; pages: number } | null;
  /** Under way, or its outcome is unknown. */
  attempt: Attempt | null;
  /** Without markup: Telegram refused the other form. */
  isPlain: boolean;
}

export class ChatQueue {
  #items: Waiting[] = [];

  get size(): number {
    return this.#items.length;
  }

  get items(): readonly Waiting[] {
    return this.#items;
  }

  /** @returns what had to go for it, which may be the item itself */
  add(item: Waiting): Waiting | null {
    const { edits } = item.delivery;
    const same = this.#items.findIndex(
      ({ delivery, started }) => edits !== undefined && delivery.edits === edits && !started,
    );
    if (same >= 0) {
      this.#items[same] = item;
      return null;
    }
    this.#items.push(item);
    if (this.#items.length <= QUEUE_MAX) return null;
    return this.#items.splice(this.#leastWorth(), 1)[0] ?? null;
  }

  /** The next to send; it stays in the queue until `remove`. */
  next(): Waiting | undefined {
    const begun = this.#items.find(isBegun);
    if (begun) return begun;
    for (const priority of PRIORITIES) {
      const found = this.#items.find(({ delivery }) => delivery.priority === priority);
      if (found) return found;
    }
    return undefined;
  }

  remove(item: Waiting): void {
    this.#items = this.#items.filter((other) => other !== item);
  }

  /** The oldest of the least urgent that nothing has been seen of yet. */
  #leastWorth(): number {
    for (const priority of [...PRIORITIES].reverse()) {
      const index = this.#items.findIndex(
        (item) => item.delivery.priority === priority && !isBegun(item),
      );
      if (index >= 0) return index;
    }
    return this.#items.length - 1;
  }
}

/** Part of it is out, or may be: it comes before whatever is more urgent. */
function isBegun({ started, attempt }: Waiting): boolean {
  return attempt !== null || (started?.pages ?? 0) > 0;
}
