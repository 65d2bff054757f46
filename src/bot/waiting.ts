/** Messages that wait for a decision, and what is done with them when nobody decides in time. */
import type { Cancel, Clock } from '../ports/clock.ts';

interface Open<M> {
  readonly model: M;
  readonly stop: Cancel;
}

const OPEN_MAX = 200;

export class Waiting<M> {
  readonly #open = new Map<string, Open<M>>();

  /** The oldest is forgotten beyond a limit: its buttons then say that they are outdated. */
  keep(clock: Clock, id: string, model: M, expiresAt: number, onExpire: (model: M) => void): void {
    this.#open.get(id)?.stop();
    const stop = clock.after(Math.max(0, expiresAt - clock.now()), () => {
      if (this.take(id)) onExpire(model);
    });
    this.#open.set(id, { model, stop });
    for (const [oldest, open] of this.#open) {
      if (this.#open.size <= OPEN_MAX) return;
      open.stop();
      this.#open.delete(oldest);
    }
  }

  peek(id: string): M | undefined {
    return this.#open.get(id)?.model;
  }

  /** Ends the wait. */
  take(id: string): M | undefined {
    const open = this.#open.get(id);
    open?.stop();
    this.#open.delete(id);
    return open?.model;
  }
}
