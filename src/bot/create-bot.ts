/** Builds the bot from its parts, without globals: tests and the demo run the real one. */
import type { Menu } from '@grammyjs/menu';
import { type Api, Bot } from 'grammy';
import { z } from 'zod';
import type { Notifier } from '../ports/notifier.ts';
import { downloader } from './api/download.ts';
import { describeFailure } from './api/failure.ts';
import type { BotOptions } from './bot-options.ts';
import { Tickets } from './buttons/tickets.ts';
import { CommandList } from './commands/command-list.ts';
import { commandTable } from './commands/table.ts';
import type { BotContext, ChatState, Services } from './context.ts';
import { buildDelivery, startDelivery } from './delivery-parts.ts';
import { errorNet } from './errors-to-people.ts';
import { type Acts, createActs } from './features/acts.ts';
import { installHandlers } from './handlers.ts';
import { loadCatalogue } from './i18n/words.ts';
import { Jobs } from './jobs.ts';
import { pairHandler } from './middleware/pair.ts';
import { isPanic, panicHandler } from './middleware/panic.ts';
import type { LateUpdates } from './middleware/stale-guard.ts';
import { NoticeDesk } from './notices/notice-desk.ts';
import { PlanBoard } from './notices/plan-board.ts';
import type { Outbox } from './outbox/delivery.ts';
import { actorOf, Directory } from './people/directory.ts';
import { Pairing } from './people/pairing.ts';
import { SecondFactor } from './people/second-factor.ts';
import { Supervisor } from './polling/supervisor.ts';
import { settingsMenus } from './settings/menus.ts';
import type { AuditedAct } from './views/audited.ts';
import { within } from './within.ts';

export interface BotHealth extends ChatState {
  readonly jobs: number;
  readonly people: number;
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

const PAIRED: AuditedAct = 'pair';

export function createBot(options: BotOptions): BallastBot {
  const { clock, random, log, ownerIds } = options;
  const bot = newBot(options);
  const directory = new Directory({ document: options.people, ownerIds, clock, log });
  const jobs = new Jobs(clock, log);
  const words = loadCatalogue();
  const tickets = new Tickets(options.door.tickets, clock, (error) => {
    log.error(describeFailure(error), 'buttons not bound to their message');
  });
  const known = { api: bot.api, directory, tickets, words, jobs };
  const delivery = buildDelivery(options, known);
  const { audience, outbox, alerts, digest, cards } = delivery;
  noteOwnMessages(bot.api, outbox);
  const base = { ...known, door: options.door, outbox, audience, alerts, cards, clock, log };
  const botHealth = () => ({
    polling: supervisor.health(),
    outbox: outbox.health(),
    unreachable: directory.unreachable,
    ignored,
  });
  const { recentLogs = () => [], say = () => undefined, charts = null, progress } = options;
  const factor = new SecondFactor({ document: options.people, clock, random, say });
  const download = downloader({ ...options, api: bot.api });
  const own = { botHealth, recentLogs, charts, factor, download };
  const pairing = new Pairing(clock, random);
  const services = buildServices({ ...base, ...own }, createActs(random, pairing));
  let ignored = 0;
  const onIgnored = () => {
    ignored += 1;
  };
  const { commandList, plans } = services.shared;
  const onPaired = (id: number) => {
    const person = directory.find(id);
    if (!person) return;
    commandList.ensure(person);
    jobs.run('audit', () => options.door.audit(actorOf(person), PAIRED, person.role));
  };
  const onPair = pairHandler({ ...services.shared, pairing, onIgnored, onPaired });
  const urgent = panicHandler(services.shared);
  const access = { directory, words, onPair, onIgnored, urgent, log };
  const late: LateUpdates = new WeakSet();
  installHandlers(bot, { ...services, services: services.shared, access, progress, late });
  const desk = new NoticeDesk({ outbox, audience, alerts, digest, plans, clock, log });
  const supervisor = supervise(bot, services.shared, late, random);
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
      startDelivery(options, delivery);
    },
    async stop() {
      desk.flush();
      for (const part of [cards, alerts, digest]) part.stop();
      await supervisor.stop();
      await jobs.settled(JOBS_MS);
      await outbox.close(FLUSH_MS);
    },
    health: () => ({
      ...botHealth(),
      jobs: jobs.running,
      people: directory.everybody().length,
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

/** Whoever sends something: the outbox must not take it for a message it lost. */
function noteOwnMessages(api: Api, outbox: Outbox): void {
  api.config.use(async (previous, method, payload, signal) => {
    const reply = await previous(method, payload, signal);
    const sent = reply.ok ? sentMessage.safeParse(reply.result) : null;
    if (sent?.success) outbox.saw(sent.data.chat.id, sent.data.message_id);
    return reply;
  });
}

const sentMessage = z.object({ message_id: z.number(), chat: z.object({ id: z.number() }) });

type Base = Omit<Services, 'plans' | 'commands' | 'commandList'>;

function buildServices(
  base: Base,
  acts: Acts,
): {
  shared: Services;
  acts: Acts;
  menu: Menu<BotContext>;
} {
  const { api, jobs, words, log } = base;
  const plans = new PlanBoard(base);
  const commands = commandTable(acts, () => menu);
  const commandList = new CommandList({ api, table: commands, words, jobs, log });
  const shared: Services = { ...base, plans, commands, commandList };
  const menu = settingsMenus(shared, acts);
  return { shared, acts, menu };
}

function supervise(
  bot: Bot<BotContext>,
  services: Services,
  late: LateUpdates,
  random: () => number,
): Supervisor {
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
    isUrgent: isPanic,
    handle: async (update, isLate) => {
      if (isLate) late.add(update);
      try {
        await bot.handleUpdate(update);
      } catch (error) {
        onError(update, error);
      }
    },
  });
}
