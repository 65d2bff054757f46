/**
 * Time that passes only when everything that can happen now has happened. One queue, ordered by
 * moment and then by the order of asking, is all the concurrency there is: the same seed gives the
 * same run, event by event.
 */
import { BallastError } from '../../core/errors.ts';
import type { Cancel } from '../../ports/clock.ts';

/** Somebody has seen enough. */
export class StoppedEarly extends BallastError {}

interface Entry {
  readonly at: number;
  readonly order: number;
  /** Null once it was cancelled. */
  run: (() => void) | null;
}

export class VirtualTime {
  readonly #heap: Entry[] = [];
  #at = 0;
  #order = 0;
  #events = 0;
  #isStopped = false;

  /** Ms since the world began. */
  get at(): number {
    return this.#at;
  }

  /** How many events have happened. */
  get events(): number {
    return this.#events;
  }

  after(delayMs: number, run: () => void): Cancel {
    this.#order += 1;
    const entry: Entry = { at: this.#at + Math.max(0, delayMs), order: this.#order, run };
    this.#push(entry);
    return () => {
      entry.run = null;
    };
  }

  /** No further event happens: whoever runs is told so. */
  stop(): void {
    this.#isStopped = true;
  }

  /**
   * Runs every event up to a moment. Between two events all promises settle: an immediate comes
   * only after the last of them, and nothing in this world waits for anything real.
   * @throws StoppedEarly after `stop`.
   */
  runUntil(until: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const step = (): void => {
        if (this.#isStopped) {
          reject(new StoppedEarly(`stopped at ${this.#at} ms`));
          return;
        }
        const next = this.#next();
        if (!next || next.at > until) {
          this.#at = Math.max(this.#at, until);
          resolve();
          return;
        }
        this.#pop();
        this.#at = next.at;
        this.#events += 1;
        try {
          next.run?.();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
          return;
        }
        setImmediate(step);
      };
      setImmediate(step);
    });
  }

  /** The next event that is not cancelled. */
  #next(): Entry | undefined {
    while (this.#heap[0]?.run === null) this.#pop();
    return this.#heap[0];
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let i = heap.length;
    heap.push(entry);
    while (i > 0) {
      const above = (i - 1) >> 1;
      const parent = heap[above];
      if (!parent || isBefore(parent, entry)) break;
      heap[i] = parent;
      i = above;
    }
    heap[i] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let i = 0;
    for (;;) {
      const left = 2 * i + 1;
      const first = smaller(heap[left], heap[left + 1]);
      if (!first || isBefore(last, first)) break;
      heap[i] = first;
      i = first === heap[left] ? left : left + 1;
    }
    heap[i] = last;
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function smaller(a: Entry | undefined, b: Entry | undefined): Entry | undefined {
  return a && b ? (isBefore(a, b) ? a : b) : (a ?? b);
}
