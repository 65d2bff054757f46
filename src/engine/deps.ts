import type { Clock, Random, Schedule } from '../ports/clock.ts';
import type { Feed } from '../ports/feed.ts';
import type { Journal } from '../ports/journal.ts';
import type { Logger } from '../ports/logger.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Document, History } from '../ports/store.ts';
import type { Venue } from '../ports/venue.ts';
import type { BalancerSettings } from '../systems/balancer/index.ts';
import type { DiskWatch } from './disk-guard.ts';
import type { Recovery } from './recovery.ts';
import type { DayDocument } from './statistics.ts';

/** All that the engine touches outside itself. */
export interface EngineDeps {
  readonly venue: Venue;
  readonly feed: Feed;
  readonly journal: Journal;
  /** Has taken what was in the journal when it was opened. Left out, the journal is read for it. */
  readonly recovery?: Recovery;
  readonly history: History;
  readonly dayDocument: Document<DayDocument>;
  readonly clock: Clock;
  readonly schedule: Schedule;
  readonly random: Random;
  readonly notifier: Notifier;
  readonly log: Logger;
  /** The settings of the configuration file. */
  readonly settings: BalancerSettings;
  readonly version: string;
  readonly simulated: boolean;
  /** Started with `--dry-run`: nothing in this run can switch it off. */
  readonly pinnedDryRun: boolean;
  /** Left out where the disk cannot fail, as in tests of decisions. */
  readonly disk?: DiskWatch;
}
