/** Things of one kind that happen almost at once, told together. */
import type { Cancel, Clock } from '../../ports/clock.ts';

const GATHERED_MAX = 500;

export class Gathering<T> {
  readonly #clock: Clock;
  readonly #windowMs: number;
  readonly #tell: (items: readonly T[]) => void;
  #items: T[] = [];
  #cancel: Cancel | null = null;

  constructor(clock: Clock, windowMs: number, tell: (items: readonly T[]) => void) {
    this.#clock = clock;
    this.#windowMs = windowMs;
    this.#tell = tell;
  }

  add(item: T): void {
    this.#items.push(item);
    this.#cancel ??= this.#clock.after(this.#windowMs, () => this.flush());
    if (this.#items.length >= GATHERED_MAX) this.flush();
  }

  /** Tells what has come together without waiting for the rest. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = null;
    const items = this.#items;
    this.#items = [];
    if (items.length > 0) this.#tell(items);
  }
}
