/** The composition root: the only file that knows everybody. */
import { randomInt } from 'node:crypto';
import {
  alertsSchema,
  type BallastBot,
  cardsSchema,
  createBot,
  initialAlerts,
  initialCards,
  initialOutbox,
  initialPeople,
  initialProgress,
  outboxSchema,
  peopleSchema,
  progressSchema,
} from './bot/index.ts';
import { type Charts, createCharts } from './charts/index.ts';
import { DEMO_OWNER_ID } from './config/demo.ts';
import type { Config } from './config/schema.ts';
import type { Notice } from './core/notice.ts';
import { Secret } from './core/secret.ts';
import {
  createEngine,
  dayDocumentSchema,
  type Engine,
  emptyDay,
  Recovery,
} from './engine/index.ts';
import { systemClock } from './ops/clock.ts';
import { LogRing } from './ops/log-ring.ts';
import { createLogger } from './ops/logger.ts';
import { createSchedule } from './ops/schedule.ts';
import type { Random } from './ports/clock.ts';
import type { Feed } from './ports/feed.ts';
import type { Logger } from './ports/logger.ts';
import type { Notifier } from './ports/notifier.ts';
import type { Venue } from './ports/venue.ts';
import {
  DEMO_API_KEY,
  DEMO_API_SECRET,
  DEMO_BOT_TOKEN,
  type Simulators,
  startSimulators,
} from './sim/index.ts';
import { type Disk, openStorage, type Storage, writeHeartbeat } from './storage/index.ts';
import { createBitfinex } from './venues/bitfinex/index.ts';

export interface AppOptions {
  readonly config: Config;
  readonly version: string;
  /** Started with `--dry-run`: nothing in this run writes to the exchange. */
  readonly pinnedDryRun: boolean;
  /** Shown to whoever sits at the terminal, never logged. */
  readonly say: (line: string) => void;
  /** The disk or the lock can no longer be trusted: the process has to end. */
  readonly onFatal: (error: Error) => void;
  /** The machine's own file system unless a test brings another. */
  readonly disk?: Disk;
}

export interface App {
  readonly log: Logger;
  /** Where the simulated parts listen; null for the real ones. */
  readonly chatUrl: string | null;
  readonly exchangeUrl: string | null;
  /** Ends everything in order: stop deciding, finish writes, tell people, close files. */
  stop(reason: string): Promise<void>;
}

/** Chance for what must not be guessed: nonces of buttons, pairing codes. */
const secureRandom: Random = () => randomInt(2 ** 47) / 2 ** 47;
const clock = systemClock;
const HEARTBEAT_MS = 15_000;
const MEGABYTE = 1_000_000;

/** @throws BallastError with a readable message when something does not start. */
export async function startApp(options: AppOptions): Promise<App> {
  const ring = new LogRing();
  const log = createLogger({
    ...options.config.logging,
    secrets: secretsOf(options.config),
    onLine: (line) => ring.push(line),
  });
  const opened: { close(): Promise<void> }[] = [];
  /** Whatever fails to close does not keep the rest open. */
  const closeAll = async () => {
    const ends: PromiseSettledResult<void>[] = [];
    for (const part of opened.splice(0).reverse()) {
      ends.push(...(await Promise.allSettled([part.close()])));
    }
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
  };
  try {
    return await assemble(options, { log, ring }, opened, closeAll);
  } catch (error) {
    await closeAll().catch(() => undefined);
    throw error;
  }
}

async function assemble(
  options: AppOptions,
  { log, ring }: { readonly log: Logger; readonly ring: LogRing },
  opened: { close(): Promise<void> }[],
  closeAll: () => Promise<void>,
): Promise<App> {
  const { config } = options;
  const { onFatal, disk } = options;
  warnOfOpenChat(options, log);
  const recovery = new Recovery();
  const storage = await openStorage(config.storage.dir, {
    ...{ clock, log, onFatal, ...(disk ? { disk } : {}) },
    onRecords: (records) => recovery.take(records),
  });
  opened.push(storage);
  const simulators = await startSimulators(simulatorOptions(config, log));
  opened.push(simulators);
  const earlierWrites = recovery.writesOfLastMinute(clock.now());
  const { venue, feed } = await connectVenue(config, simulators, storage, log, earlierWrites);
  opened.push(venue);
  const charts = createCharts({ clock, log: log.child({ part: 'charts' }) });
  opened.push(charts);
  const relay = createRelay();
  const kept = { storage, recovery };
  const engine = await buildEngine(options, log, kept, { venue, feed }, relay.notifier);
  const bot = await buildBot(options, { log, ring }, storage, simulators, { engine, charts });
  relay.connect(bot.notifier);
  await bot.start();
  opened.push({ close: () => bot.stop() });
  await engine.start();
  opened.push(startHeartbeat(config.storage.dir, log));
  return {
    log,
    chatUrl: simulators.chat?.pageUrl ?? null,
    exchangeUrl: simulators.exchange?.url ?? null,
    async stop(reason) {
      try {
        await engine.stop(reason);
      } finally {
        await closeAll();
      }
    },
  };
}

/** The chat page asks nobody who they are: harmless for a simulated exchange only. */
function warnOfOpenChat({ config, say }: AppOptions, log: Logger): void {
  if (config.exchange === 'simulator' || config.chat !== 'local') return;
  const warning =
    'chat: local asks for no password: everybody on this machine can act as the owner';
  say(`WARNING: ${warning}`);
  log.warn({}, warning);
}

/** A market that runs ten times as fast admits ten times the requests, or none could keep up. */
const LIMIT_FACTOR_MAX = 100;
function limitFactorOf({ simulator }: Config): number {
  return Math.min(LIMIT_FACTOR_MAX, Math.max(1, simulator.speed));
}

function simulatorOptions(config: Config, log: Logger) {
  const { candles_dir: candlesDir, ...market } = config.simulator;
  const limitFactor = limitFactorOf(config);
  const exchange = { ...market, limitFactor, ...(candlesDir === undefined ? {} : { candlesDir }) };
  return {
    exchange: config.exchange === 'simulator' ? exchange : null,
    chat: config.chat === 'local' ? { port: config.local_chat.port } : null,
    clock,
    log,
  };
}

async function connectVenue(
  config: Config,
  simulators: Simulators,
  storage: Storage,
  log: Logger,
  earlierWrites: number | null,
): Promise<{ venue: Venue; feed: Feed }> {
  const counter = await storage.openCounter('bitfinex-nonce');
  const common = {
    ...{ clock, random: secureRandom, log: log.child({ part: 'bitfinex' }), counter },
    earlierWrites,
  };
  const { exchange } = simulators;
  if (exchange) {
    return createBitfinex({
      ...common,
      apiKey: new Secret(DEMO_API_KEY),
      apiSecret: new Secret(DEMO_API_SECRET),
      restUrl: exchange.url,
      publicRestUrl: exchange.url,
      wsUrl: exchange.wsUrl,
      publicWsUrl: exchange.wsUrl,
      settleCurrency: 'USTF0',
      limitFactor: limitFactorOf(config),
    });
  }
  const real = required(config.bitfinex, 'bitfinex');
  return createBitfinex({
    ...common,
    apiKey: real.api_key,
    apiSecret: real.api_secret,
    restUrl: real.rest_url,
    publicRestUrl: real.public_rest_url,
    wsUrl: real.ws_url,
    publicWsUrl: real.public_ws_url,
    settleCurrency: real.settle_currency,
  });
}

async function buildEngine(
  options: AppOptions,
  log: Logger,
  { storage, recovery }: { readonly storage: Storage; readonly recovery: Recovery },
  market: { venue: Venue; feed: Feed },
  notifier: Notifier,
): Promise<Engine> {
  return createEngine({
    ...market,
    journal: storage.journal,
    recovery,
    history: storage.history,
    dayDocument: await storage.openDocument('day', dayDocumentSchema, emptyDay('')),
    clock,
    schedule: createSchedule(clock, log),
    random: secureRandom,
    notifier,
    log: log.child({ part: 'engine' }),
    settings: options.config.balancer,
    version: options.version,
    simulated: options.config.exchange === 'simulator',
    pinnedDryRun: options.pinnedDryRun,
    disk: {
      health: storage.health,
      minFreeBytes: options.config.storage.min_free_mb * MEGABYTE,
    },
  });
}

async function buildBot(
  options: AppOptions,
  { log, ring }: { readonly log: Logger; readonly ring: LogRing },
  storage: Storage,
  simulators: Simulators,
  { engine, charts }: { readonly engine: Engine; readonly charts: Charts },
): Promise<BallastBot> {
  const { config, say } = options;
  const common = {
    door: engine.door,
    charts,
    people: await storage.openDocument('people', peopleSchema, initialPeople()),
    progress: await storage.openDocument('progress', progressSchema, initialProgress()),
    alerts: await storage.openDocument('alerts', alertsSchema, initialAlerts()),
    cards: await storage.openDocument('cards', cardsSchema, initialCards()),
    outbox: await storage.openDocument('outbox', outboxSchema, initialOutbox()),
    clock,
    random: secureRandom,
    log: log.child({ part: 'bot' }),
    version: options.version,
    say,
    recentLogs: (count: number) => ring.last(count),
    onPairingCode: (code: string) => {
      say(`Pair the first owner: send the bot  /pair ${code}  within five minutes.`);
    },
  };
  if (simulators.chat) {
    const { apiRoot } = simulators.chat;
    const token = new Secret(DEMO_BOT_TOKEN);
    return createBot({ ...common, token, apiRoot, ownerIds: [DEMO_OWNER_ID] });
  }
  const {
    bot_token: token,
    api_root: apiRoot,
    owner_ids: ownerIds,
  } = required(config.telegram, 'telegram');
  return createBot({ ...common, token, apiRoot, ownerIds });
}

/** The container's health check looks for it. */
function startHeartbeat(folder: string, log: Logger): { close(): Promise<void> } {
  let cancel = clock.after(0, beat);
  function beat(): void {
    cancel = clock.after(HEARTBEAT_MS, beat);
    writeHeartbeat(folder, clock.now()).catch((error: unknown) => {
      log.warn({ error }, 'heartbeat not written');
    });
  }
  return { close: async () => cancel() };
}

function required<T>(value: T | undefined, section: string): T {
  if (value === undefined) throw new Error(`expected the section ${section} in the configuration`);
  return value;
}

function secretsOf({ bitfinex, telegram }: Config): string[] {
  const secrets = [bitfinex?.api_key, bitfinex?.api_secret, telegram?.bot_token];
  return secrets.flatMap((secret) => (secret ? [secret.reveal()] : []));
}

/** The engine speaks before the bot exists: what it says first is kept until then. */
function createRelay(): { notifier: Notifier; connect(notifier: Notifier): void } {
  const early: Notice[] = [];
  let target: Notifier | null = null;
  return {
    notifier: {
      notify(notice) {
        if (target) target.notify(notice);
        else early.push(notice);
      },
    },
    connect(notifier) {
      target = notifier;
      for (const notice of early.splice(0)) notifier.notify(notice);
    },
  };
}
