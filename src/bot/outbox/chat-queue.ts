/** What waits for one chat: most urgent first, otherwise in order, never more than a limit. */
import type { View } from '../views/view.ts';
import { type Delivery, PRIORITIES } from './delivery.ts';

export const QUEUE_MAX = 200;

export interface Waiting {
  readonly delivery: Delivery;
  /** Failed tries since the last success. */
  tries: number;
  /** Once its first page is out the rest must match it. */
  started: { readonly view: View; pages: number } | null;
}

export class ChatQueue {
  #items: Waiting[] = [];

  get size(): number {
    return this.#items.length;
  }

  /** @returns whether something had to go for it */
  add(delivery: Delivery): boolean {
    const item: Waiting = { delivery, tries: 0, started: null };
    const same = this.#items.findIndex(
      ({ delivery: other, started }) =>
        delivery.edits !== undefined && other.edits === delivery.edits && !started,
    );
    if (same >= 0) {
      this.#items[same] = item;
      return false;
    }
    this.#items.push(item);
    if (this.#items.length <= QUEUE_MAX) return false;
    this.#items.splice(this.#leastWorth(), 1);
    return true;
  }

  /** The next to send; it stays in the queue until `remove`. */
  next(): Waiting | undefined {
    const begun = this.#items.find(({ started }) => started !== null);
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

  /** @returns how many were dropped */
  clear(): number {
    const { length } = this.#items;
    this.#items = [];
    return length;
  }

  /** The oldest of the least urgent. */
  #leastWorth(): number {
    for (const priority of [...PRIORITIES].reverse()) {
      const index = this.#items.findIndex(({ delivery }) => delivery.priority === priority);
      if (index >= 0) return index;
    }
    return 0;
  }
}
