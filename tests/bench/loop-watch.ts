/**
 * How long the event loop was busy at a stretch. A timer of a millisecond notes by how much it came
 * late; what the thread spent waiting for a core in between is not the service's doing and is kept
 * apart.
 */
import { ThreadTime } from './thread-time.ts';

const TICK_MS = 1;

export class LoopWatch {
  readonly #thread = new ThreadTime();
  readonly #ownMs: number[] = [];
  #timer: NodeJS.Timeout | null = null;

  start(): void {
    let lastAt = performance.now();
    let lastCoreless = this.#thread.corelessMs();
    this.#timer = setInterval(() => {
      const now = performance.now();
      const coreless = this.#thread.corelessMs();
      const lateMs = Math.max(0, now - lastAt - TICK_MS);
      this.#ownMs.push(Math.max(0, lateMs - (coreless - lastCoreless)));
      lastAt = now;
      lastCoreless = coreless;
    }, TICK_MS);
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#thread.close();
  }

  /** Lateness less what the thread waited for a core. */
  get ownMs(): readonly number[] {
    return this.#ownMs;
  }
}
