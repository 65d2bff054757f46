/** What the bot is given from outside. */
import type { Secret } from '../core/secret.ts';
import type { EngineDoor } from '../engine/door.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Document } from '../ports/store.ts';
import type { AlertsState } from './alerts/alert-state.ts';
import type { Charts } from './context.ts';
import type { CardsState } from './live-card/card-state.ts';
import type { OutboxState } from './outbox/outbox-state.ts';
import type { PeopleState } from './people/people-state.ts';
import type { Progress } from './polling/progress.ts';

export interface BotOptions {
  readonly token: Secret;
  /** Telegram's own unless told; without a trailing slash. */
  readonly apiRoot?: string;
  readonly fetch?: typeof fetch;
  readonly ownerIds: readonly number[];
  readonly door: EngineDoor;
  readonly people: Document<PeopleState>;
  readonly progress: Document<Progress>;
  readonly outbox: Document<OutboxState>;
  readonly cards: Document<CardsState>;
  readonly alerts: Document<AlertsState>;
  /** A pinned message per chat that shows the account; on unless told. */
  readonly liveCards?: boolean;
  /** Positions are looked at every few seconds for alerts; on unless told. */
  readonly watchPositions?: boolean;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly version: string;
  /** Without it `/chart` says that there are no pictures. */
  readonly charts?: Charts;
  /** The newest lines of the log, redacted, oldest first. */
  readonly recentLogs?: (count: number) => readonly string[];
  /** For the terminal alone, such as the QR code of a second factor; never logged. */
  readonly say?: (line: string) => void;
  /** Printed in the terminal when no owner is known; never logged. */
  readonly onPairingCode: (code: string) => void;
}
