import { messageOf } from '../core/errors.ts';
import type { Logger } from '../ports/logger.ts';

export interface Coalesced {
  readonly request: () => void;
  readonly settled: () => Promise<void>;
}

/** Runs one piece of work at a time in the background; a call meanwhile asks for one more. */
export function coalesced(work: () => Promise<void>, log: Logger, what: string): Coalesced {
  let running: Promise<void> | null = null;
  let again = false;
  async function loop(): Promise<void> {
    do {
      again = false;
      await work().catch((error) => log.warn({ reason: messageOf(error) }, `${what} failed`));
    } while (again);
    running = null;
  }
  return {
    request() {
      if (running !== null) again = true;
      else running = loop();
    },
    settled: async () => {
      await running;
    },
  };
}
