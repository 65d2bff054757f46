/** What the doors of the simulated venue share: one world, one set of faults, limits and keys. */
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { World } from './core/index.ts';
import type { Faults } from './faults.ts';
import type { RequestLog } from './request-log.ts';
import type { Keys } from './rest/keys.ts';
import type { RequestLimits } from './rest/limits.ts';

export interface Venue {
  readonly world: World;
  readonly faults: Faults;
  readonly keys: Keys;
  readonly limits: RequestLimits;
  readonly requests: RequestLog;
  readonly clock: Clock;
  readonly log: Logger;
  /** Market time per real time. */
  readonly speed: number;
  readonly scenario: string;
  readonly seed: number;
  /** Simulates up to now, so that whatever is answered next is fresh. */
  readonly catchUp: () => void;
  /** Sends out what the world has said since the last time. */
  readonly flush: () => void;
}
