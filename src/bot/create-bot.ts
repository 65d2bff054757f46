/** Builds the bot from its parts, without globals: tests and the demo run the real one. */
import type { Menu } from '@grammyjs/menu';
import { type Api, Bot } from 'grammy';
import type { Secret } from '../core/secret.ts';
import type { EngineDoor } from '../engine/door.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Document } from '../ports/store.ts';
import { ALERT_KEY, AlertBoard } from './alerts/alert-board.ts';
import type { AlertsState } from './alerts/alert-state.ts';
import { Audience } from './alerts/audience.ts';
import { Digest } from './alerts/digest.ts';
import { downloader } from './api/download.ts';
import { describeFailure } from './api/failure.ts';
import { Tickets } from './buttons/tickets.ts';
import { CommandList } from './commands/command-list.ts';
import { commandTable } from './commands/table.ts';
import type { BotContext, Charts, ChatState, Services } from './context.ts';
import { errorNet } from './errors-to-people.ts';
import { type Acts, createActs } from './features/acts.ts';
import { installHandlers } from './handlers.ts';
import { DEFAULT_LOCALE } from './i18n/locale.ts';
import { loadCatalogue } from './i18n/words.ts';
import { Jobs } from './jobs.ts';
import type { CardsState } from './live-card/card-state.ts';
import { LiveCards } from './live-card/live-cards.ts';
import { pairHandler } from './middleware/pair.ts';
import { isPanic, panicHandler } from './middleware/panic.ts';
import { NoticeDesk } from './notices/notice-desk.ts';
import { PlanBoard } from './notices/plan-board.ts';
import { DurableOutbox } from './outbox/durable-outbox.ts';
import type { OutboxState } from './outbox/outbox-state.ts';
import { actorOf, Directory } from './people/directory.ts';
import { Pairing } from './people/pairing.ts';
import type { PeopleState } from './people/people-state.ts';
import { SecondFactor } from './people/second-factor.ts';
import type { Progress } from './polling/progress.ts';
import { Supervisor } from './polling/supervisor.ts';
import { settingsMenus } from './settings/menus.ts';
import { withLateMark } from './views/late.ts';
import { compose } from './views/view.ts';
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

export function createBot(options: BotOptions): BallastBot {
  const { clock, random, log, ownerIds } = options;
  const bot = newBot(options);
  const directory = new Directory({ document: options.people, ownerIds, clock, log });
  const jobs = new Jobs(clock, log);
  const words = loadCatalogue();
  const tickets = new Tickets(options.door.tickets, clock, (error) => {
    log.error(describeFailure(error), 'buttons not bound to their message');
  });
  const audience = new Audience(directory, words);
  const outbox = buildOutbox(options, bot.api, { directory, tickets, audience, words }, (id, at) =>
    alerts.sent(id, at),
  );
  const own0 = { door: options.door, outbox, audience, jobs, clock, log };
  const alerts = new AlertBoard({ ...own0, document: options.alerts });
  const digest = new Digest({ ...own0, document: options.alerts });
  const base = { ...own0, api: bot.api, directory, tickets, words, alerts };
  const botHealth = () => ({
    polling: supervisor.health(),
    outbox: outbox.health(),
    unreachable: directory.unreachable,
    ignored,
  });
  const { recentLogs = () => [], say = () => undefined } = options;
  const { charts = null } = options;
  const factor = new SecondFactor({ document: options.people, clock, random, say });
  const download = downloader({ ...options, api: bot.api });
  const cards = buildCards(options, base);
  const own = { botHealth, recentLogs, charts, factor, download, cards };
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
    jobs.run('audit', () => options.door.audit(actorOf(person), 'pair', person.role));
  };
  const onPair = pairHandler({ ...services.shared, pairing, onIgnored, onPaired });
  const urgent = panicHandler(services.shared);
  const access = { directory, words, onPair, onIgnored, urgent, log };
  const { acts, menu } = services;
  const { progress } = options;
  installHandlers(bot, { services: services.shared, access, progress, acts, menu });
  const desk = new NoticeDesk({ outbox, audience, alerts, digest, plans, clock, log });
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
      if (options.liveCards !== false) cards.start();
      if (options.watchPositions !== false) alerts.start();
      digest.start();
    },
    async stop() {
      desk.flush();
      cards.stop();
      alerts.stop();
      digest.stop();
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

function buildOutbox(
  { outbox: document, clock, random, log }: BotOptions,
  api: Api,
  {
    directory,
    tickets,
    audience,
    words,
  }: Pick<Services, 'directory' | 'tickets' | 'audience' | 'words'>,
  onAlertSent: (chatId: number, messageId: number) => void,
): DurableOutbox {
  const wordsFor = (chatId: number) => audience.wordsOf(chatId) ?? words(DEFAULT_LOCALE);
  return new DurableOutbox({
    ...{ api, document, clock, random, log },
    onUnreachable: (chatId) => directory.setReachable(chatId, false),
    mayReceive: (chatId) => audience.wordsOf(chatId) !== null,
    onBound: (nonces, messageId) => tickets.bind(nonces, messageId),
    onKeyed: (key, chatId, id) => {
      if (key === ALERT_KEY) onAlertSent(chatId, id);
    },
    markLate: (chatId, view, ageMs) => withLateMark(view, ageMs, wordsFor(chatId)),
    droppedView: (chatId, n) => compose([wordsFor(chatId)('outbox-dropped', { n })]),
  });
}

function buildCards(
  { cards: document, door, clock, log }: BotOptions,
  { api, outbox, jobs, audience }: Pick<Services, 'api' | 'outbox' | 'jobs' | 'audience'>,
): LiveCards {
  return new LiveCards({
    ...{ api, door, document, outbox, jobs, clock, log },
    readers: () => audience.recipients('viewer').filter(({ preferences }) => preferences.card),
  });
}

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
    isUrgent: isPanic,
    handle: async (update) => {
      try {
        await bot.handleUpdate(update);
      } catch (error) {
        onError(update, error);
      }
    },
  });
}
