/** Work that handlers start and do not wait for: tracked, limited, and its failures logged. */
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import { describeFailure } from './api/failure.ts';
import { within } from './within.ts';

const JOBS_MAX = 200;

export class Jobs {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #running = new Set<Promise<void>>();

  constructor(clock: Clock, log: Logger) {
    this.#clock = clock;
    this.#log = log;
  }

  get running(): number {
    return this.#running.size;
  }

  /** @returns false when too much is under way already; nothing was started then. */
  run(name: string, work: () => Promise<void>): boolean {
    if (this.#running.size >= JOBS_MAX) {
      this.#log.error({ job: name, running: this.#running.size }, 'too many jobs, refused');
      return false;
    }
    const job = Promise.resolve()
      .then(work)
      .catch((error: unknown) => {
        this.#log.error({ job: name, ...describeFailure(error) }, 'job failed');
      })
      .finally(() => this.#running.delete(job));
    this.#running.add(job);
    return true;
  }

  /** Waits for what is under way, at most this long. */
  async settled(limitMs: number): Promise<void> {
    await within(this.#clock, limitMs, Promise.all(this.#running));
  }
}
