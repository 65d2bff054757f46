/** Builds the bot from its parts, without globals: tests and the demo run the real one. */
import type { Menu } from '@grammyjs/menu';
import { Bot } from 'grammy';
import type { Secret } from '../core/secret.ts';
import type { EngineDoor } from '../engine/door.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Document } from '../ports/store.ts';
import { describeFailure } from './api/failure.ts';
import { Tickets } from './buttons/tickets.ts';
import { CommandList } from './commands/command-list.ts';
import { commandTable } from './commands/table.ts';
import type { BotContext, Services } from './context.ts';
import { errorNet } from './errors-to-people.ts';
import { RebalanceFeature } from './features/rebalance.ts';
import { installHandlers } from './handlers.ts';
import { loadCatalogue } from './i18n/words.ts';
import { Jobs } from './jobs.ts';
import { pairHandler } from './middleware/pair.ts';
import { NoticeDesk } from './notices/notice-desk.ts';
import { PlanBoard } from './notices/plan-board.ts';
import type { OutboxHealth } from './outbox/delivery.ts';
import { MemoryOutbox } from './outbox/memory-outbox.ts';
import { actorOf, Directory } from './people/directory.ts';
import { Pairing } from './people/pairing.ts';
import type { PeopleState } from './people/people-state.ts';
import type { Progress } from './polling/progress.ts';
import { type PollingHealth, Supervisor } from './polling/supervisor.ts';
import { settingsMenus } from './settings/menus.ts';
import { within } from './within.ts';

export interface BotOptions {
  readonly token: Secret;
  /** Telegram's own unless told; without a trailing slash. */
  readonly apiRoot?: string;
  readonly fetch?: typeof fetch;
  readonly ownerIds: readonly number[];
  readonly door: EngineDoor;
  readonly people: Document<PeopleState>;
  readonly progress: Document<Progress>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly version: string;
  /** Printed in the terminal when no owner is known; never logged. */
  readonly onPairingCode: (code: string) => void;
}

export interface BotHealth {
  readonly polling: PollingHealth;
  readonly outbox: OutboxHealth;
  readonly jobs: number;
  readonly people: number;
  /** People who blocked the bot or never wrote to it. */
  readonly unreachable: number;
  /** Updates from people without access, since the start. */
  readonly ignored: number;
}

export interface BallastBot {
  readonly notifier: Notifier;
  /** Resolves when Telegram answered once, or after five seconds. @throws for a refused token */
  start(): Promise<void>;
  /** Ends polling and lets out what waits, for at most three seconds. */
  stop(): Promise<void>;
  health(): BotHealth;
}

/** Bounds every call: a connection that died without a word is noticed. */
const CALL_TIMEOUT_S = 45;
const FIRST_ANSWER_MS = 5_000;
/** What `stop` grants to jobs under way, then to messages that wait. */
const JOBS_MS = 500;
const FLUSH_MS = 2_500;

export function createBot(options: BotOptions): BallastBot {
  const { clock, random, log, ownerIds } = options;
  const bot = newBot(options);
  const directory = new Directory({ document: options.people, ownerIds, clock, log });
  const jobs = new Jobs(clock, log);
  const outbox = new MemoryOutbox({
    api: bot.api,
    clock,
    random,
    log,
    onUnreachable: (chatId) => directory.setReachable(chatId, false),
  });
  const services = buildServices(options, bot, directory, outbox, jobs);
  const pairing = new Pairing(clock, random);
  let ignored = 0;
  const onIgnored = () => {
    ignored += 1;
  };
  const { words, commandList, plans } = services.shared;
  const onPaired = (id: number) => {
    const person = directory.find(id);
    if (!person) return;
    commandList.ensure(person);
    jobs.run('audit', () => options.door.audit(actorOf(person), 'pair', person.role));
  };
  const onPair = pairHandler({ ...services.shared, pairing, onIgnored, onPaired });
  const access = { directory, words, onPair, onIgnored };
  const { rebalance, menu } = services;
  const { progress } = options;
  installHandlers(bot, { services: services.shared, access, progress, rebalance, menu });
  const desk = new NoticeDesk({ outbox, directory, plans, words, clock, log });
  const supervisor = supervise(bot, services.shared, random);
  return {
    notifier: desk,
    async start() {
      if (!directory.hasOwner()) options.onPairingCode(pairing.begin());
      const introduced = supervisor.start();
      // A refusal that comes after the wait has nobody left to throw to.
      introduced.catch((error: unknown) => log.error(describeFailure(error), 'bot not started'));
      await within(clock, FIRST_ANSWER_MS, introduced);
      outbox.start();
      for (const person of directory.everybody()) commandList.ensure(person);
    },
    async stop() {
      desk.flush();
      await supervisor.stop();
      await jobs.settled(JOBS_MS);
      await outbox.close(FLUSH_MS);
    },
    health: () => ({
      polling: supervisor.health(),
      outbox: outbox.health(),
      jobs: jobs.running,
      people: directory.everybody().length,
      unreachable: directory.unreachable,
      ignored,
    }),
  };
}

function newBot({ token, apiRoot, fetch }: BotOptions): Bot<BotContext> {
  return new Bot<BotContext>(token.reveal(), {
    client: {
      timeoutSeconds: CALL_TIMEOUT_S,
      ...(apiRoot === undefined ? {} : { apiRoot }),
      ...(fetch === undefined ? {} : { fetch }),
    },
  });
}

function buildServices(
  options: BotOptions,
  bot: Bot<BotContext>,
  directory: Directory,
  outbox: MemoryOutbox,
  jobs: Jobs,
): { shared: Services; rebalance: RebalanceFeature; menu: Menu<BotContext> } {
  const { door, clock, log } = options;
  const { api } = bot;
  const words = loadCatalogue();
  const tickets = new Tickets(door.tickets, clock, (error) => {
    log.error(describeFailure(error), 'buttons not bound to their message');
  });
  const plans = new PlanBoard({ outbox, directory, tickets, words, jobs, clock, log });
  const rebalance = new RebalanceFeature();
  const commands = commandTable(rebalance, () => menu);
  const commandList = new CommandList({ api, table: commands, words, jobs, log });
  const common = { api, door, directory, outbox, tickets, plans, jobs, words };
  const shared: Services = { ...common, commands, commandList, clock, log };
  const menu = settingsMenus(shared);
  return { shared, rebalance, menu };
}

function supervise(bot: Bot<BotContext>, services: Services, random: () => number): Supervisor {
  const { clock, log, commandList } = services;
  const onError = errorNet(services);
  return new Supervisor({
    api: bot.api,
    clock,
    random,
    log,
    introduce: async () => {
      bot.botInfo = await bot.api.getMe();
      // What waits is not dropped: the guard counts it and tells people.
      await bot.api.deleteWebhook();
      await commandList.publishDefault();
    },
    handle: async (update) => {
      try {
        await bot.handleUpdate(update);
      } catch (error) {
        onError(update, error);
      }
    },
  });
}
