import { messageOf } from '../core/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';

export interface Spacing {
  /** From the request to the start of the run. */
  readonly delayMs: number;
  /** From the end of a run to what was asked for meanwhile. */
  readonly ms: number;
  readonly clock: Clock;
}

export interface Coalesced {
  readonly request: () => void;
  readonly settled: () => Promise<void>;
}

/**
 * Runs one piece of work at a time in the background; calls meanwhile ask for one more run, which
 * begins at the earliest `spacing.ms` after the last one ended. Errors end in the log.
 */
export function coalesced(
  work: () => Promise<void>,
  log: Logger,
  what: string,
  spacing: Spacing | null = null,
): Coalesced {
  let running: Promise<void> | null = null;
  let again = false;
  async function loop(): Promise<void> {
    do {
      again = false;
      if (spacing) await spacing.clock.sleep(spacing.delayMs);
      await work().catch((error) => log.warn({ reason: messageOf(error) }, `${what} failed`));
      if (spacing) await spacing.clock.sleep(spacing.ms);
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
