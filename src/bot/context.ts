/** What every handler is given. */
import type { ConversationFlavor } from '@grammyjs/conversations';
import type { Api, Context } from 'grammy';
import type { ChartSpec } from '../charts/spec.ts';
import type { EngineDoor } from '../engine/door.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { AlertBoard } from './alerts/alert-board.ts';
import type { Audience } from './alerts/audience.ts';
import type { Download } from './api/download.ts';
import type { Tickets } from './buttons/tickets.ts';
import type { CommandTable } from './commands/command.ts';
import type { CommandList } from './commands/command-list.ts';
import type { Catalogue, Words } from './i18n/words.ts';
import type { Jobs } from './jobs.ts';
import type { LiveCards } from './live-card/live-cards.ts';
import type { PlanBoard } from './notices/plan-board.ts';
import type { Outbox, OutboxHealth } from './outbox/delivery.ts';
import type { Directory, Person } from './people/directory.ts';
import type { SecondFactor } from './people/second-factor.ts';
import type { PollingHealth } from './polling/supervisor.ts';

interface PersonFlavor {
  /** Set by the first middleware: nothing runs for people without access. */
  person: Person;
  t: Words;
  /** The callback query has its answer, or will have it. */
  answered?: boolean;
  /** A command ended the dialogue that was waiting for a value. */
  leftDialogue?: boolean;
}

export type BotContext = ConversationFlavor<Context & PersonFlavor>;

/** How the chat's side of the service is doing. */
export interface ChatState {
  readonly polling: PollingHealth;
  readonly outbox: OutboxHealth;
  /** People who blocked the bot or never wrote to it. */
  readonly unreachable: number;
  /** Updates from people without access, since the start. */
  readonly ignored: number;
}

/** Draws on a worker of its own. @throws when it cannot */
export interface Charts {
  render(spec: ChartSpec): Promise<Uint8Array>;
}

/** The parts that features share. */
export interface Services {
  readonly api: Api;
  readonly door: EngineDoor;
  readonly directory: Directory;
  readonly outbox: Outbox;
  readonly tickets: Tickets;
  readonly plans: PlanBoard;
  readonly cards: LiveCards;
  readonly audience: Audience;
  readonly alerts: AlertBoard;
  readonly jobs: Jobs;
  readonly words: Catalogue;
  readonly commands: CommandTable;
  readonly commandList: CommandList;
  /** Null where pictures are switched off. */
  readonly charts: Charts | null;
  readonly factor: SecondFactor;
  readonly download: Download;
  readonly botHealth: () => ChatState;
  /** The newest lines of the log, redacted, oldest first. */
  readonly recentLogs: (count: number) => readonly string[];
  readonly clock: Clock;
  readonly log: Logger;
}

/** One command or press, by somebody who may. */
export interface Request extends Services {
  readonly ctx: BotContext;
  readonly person: Person;
  readonly t: Words;
  readonly chatId: number;
}

export function requestOf(services: Services, ctx: BotContext): Request {
  const { person, t } = ctx;
  return { ...services, ctx, person, t, chatId: ctx.chatId ?? person.id };
}

/** The same, as it concerns somebody else in their own private chat. */
export function asPerson(request: Request, person: Person): Request {
  return { ...request, person, t: request.words(person), chatId: person.id };
}
