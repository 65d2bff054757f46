/** One life of the whole service short of its chat: storage, exchange client, engine. */
import { messageOf } from '../../core/errors.ts';
import type { Notice } from '../../core/notice.ts';
import { Secret } from '../../core/secret.ts';
import {
  type BalancerSettings,
  createEngine,
  dayDocumentSchema,
  type Engine,
  type EngineDoor,
  emptyDay,
  Recovery,
} from '../../engine/index.ts';
import type { Cancel, Schedule } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Venue } from '../../ports/venue.ts';
import { openStorage, type Storage } from '../../storage/index.ts';
import { createBitfinex } from '../../venues/bitfinex/index.ts';
import { Prng } from '../market/index.ts';
import type { Marks } from './marks.ts';
import type { Network } from './network.ts';
import { MIN_FREE_BYTES, type SimDisk } from './sim-disk.ts';
import { SimProcess, type WallClock } from './sim-process.ts';
import type { VirtualTime } from './virtual-time.ts';

export const DATA_FOLDER = '/data';
const ADDRESS = 'http://exchange.invalid';
const SOCKET_ADDRESS = 'ws://exchange.invalid/ws/2';

export interface LifeSetup {
  readonly time: VirtualTime;
  readonly wall: WallClock;
  readonly disk: SimDisk;
  readonly network: Network;
  readonly marks: Marks;
  readonly seed: number;
  readonly number: number;
  readonly settings: BalancerSettings;
  readonly onNotice: (notice: Notice) => void;
  /** The process has ended by itself, because it could not or must not go on. */
  readonly onExit: (reason: string) => void;
  readonly onLog: (message: string, fields: object) => void;
}

export class Life {
  readonly process: SimProcess;
  readonly #setup: LifeSetup;
  #engine: Engine | null = null;
  #storage: Storage | null = null;
  #isStarted = false;
  #isStopping = false;

  constructor(setup: LifeSetup) {
    this.#setup = setup;
    this.process = new SimProcess(setup.time, setup.wall);
    this.#run().catch((error: unknown) => this.#exit(messageOf(error)));
  }

  /** Null until the engine has begun to act, and after the end. */
  get door(): EngineDoor | null {
    return this.#isStarted && this.process.isAlive ? (this.#engine?.door ?? null) : null;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** An orderly stop, as SIGTERM asks for; it may be cut short by a kill. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#engine?.stop('asked to');
    await this.#storage?.close();
    this.#exit('stopped');
  }

  async #run(): Promise<void> {
    const { disk, seed, number, settings, network } = this.#setup;
    const log = this.#logger();
    const random = new Prng(seed, `life ${number}`);
    const { clock } = this.process;
    const recovery = new Recovery();
    const storage = await openStorage(DATA_FOLDER, {
      clock,
      log,
      disk: disk.attach(this.process),
      onRecords: (records) => recovery.take(records),
      onFatal: (error) => this.#exit(messageOf(error)),
    });
    this.#storage = storage;
    const { venue, feed } = createBitfinex({
      clock,
      log,
      random: () => random.next(),
      counter: await storage.openCounter('bitfinex-nonce'),
      earlierWrites: recovery.writesOfLastMinute(clock.now()),
      apiKey: new Secret('demo-key'),
      apiSecret: new Secret('demo-secret'),
      restUrl: ADDRESS,
      publicRestUrl: ADDRESS,
      wsUrl: SOCKET_ADDRESS,
      publicWsUrl: SOCKET_ADDRESS,
      transport: network.attach(this.process),
    });
    this.#engine = await createEngine({
      venue: this.#marked(venue),
      feed,
      journal: storage.journal,
      recovery,
      history: storage.history,
      dayDocument: await storage.openDocument('day', dayDocumentSchema, emptyDay('')),
      clock,
      schedule: this.#schedule(log),
      random: () => random.next(),
      notifier: {
        notify: (notice) => {
          if (this.process.isAlive) this.#setup.onNotice(notice);
        },
      },
      log,
      settings,
      version: 'simulated',
      simulated: true,
      pinnedDryRun: false,
      disk: { health: storage.health, minFreeBytes: MIN_FREE_BYTES },
    });
    await this.#engine.start();
    this.#isStarted = true;
  }

  #exit(reason: string): void {
    if (!this.process.isAlive) return;
    this.process.kill();
    this.#setup.onExit(reason);
  }

  /** Counts what the exchange can say about an order, beside what comes of it. */
  #marked(venue: Venue): Venue {
    const { marks } = this.#setup;
    return {
      ...venue,
      async orderEvidence(intent) {
        const evidence = await venue.orderEvidence(intent);
        marks.hit(`evidence ${evidence.state}`);
        return evidence;
      },
    };
  }

  #schedule(log: Logger): Schedule {
    const { clock } = this.process;
    const every = (ms: number, firstMs: number, run: () => Promise<void>): Cancel => {
      let isRunning = false;
      let cancel = clock.after(firstMs, tick);
      function tick(): void {
        cancel = clock.after(ms, tick);
        if (isRunning) return;
        isRunning = true;
        run()
          .catch((error: unknown) =>
            log.error({ reason: messageOf(error) }, 'scheduled run failed'),
          )
          .finally(() => {
            isRunning = false;
          });
      }
      return () => cancel();
    };
    const dayMs = 86_400_000;
    return {
      everySeconds: (seconds, run) => every(seconds * 1_000, seconds * 1_000, run),
      dailyAt: (_time, run) => every(dayMs, dayMs - (clock.now() % dayMs), run),
    };
  }

  #logger(): Logger {
    const { onLog } = this.#setup;
    const say = (fields: object, message: string): void => {
      if (this.process.isAlive) onLog(message, fields);
    };
    const logger: Logger = {
      debug: () => undefined,
      info: () => undefined,
      warn: say,
      error: say,
      child: () => logger,
    };
    return logger;
  }
}
