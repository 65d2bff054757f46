import { Decimal } from '../../src/core/decimal.ts';
import type { Notice } from '../../src/core/notice.ts';
import type { DiskWatch } from '../../src/engine/disk-guard.ts';
import { createEngine, type DayDocument, type Engine, emptyDay } from '../../src/engine/index.ts';
import type { Cancel, Schedule } from '../../src/ports/clock.ts';
import type { Feed, FeedEvent } from '../../src/ports/feed.ts';
import type { Logger } from '../../src/ports/logger.ts';
import type { History, HistoryKind, HistoryRecord } from '../../src/ports/store.ts';
import { type BalancerSettings, balancerSettingsSchema } from '../../src/systems/balancer/index.ts';
import { ManualClock, settle } from './manual-clock.ts';
import { memoryDocument } from './memory-document.ts';
import { MemoryJournal } from './memory-journal.ts';
import { type Holding, MemoryVenue, symbolOf } from './memory-venue.ts';

const quiet: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => quiet,
};

class MemoryHistory implements History {
  readonly records: HistoryRecord[] = [];
  async append(kind: HistoryKind, at: number, body: unknown): Promise<void> {
    this.records.push({ kind, at, body: JSON.parse(JSON.stringify(body)) });
  }
  async latest(kind: HistoryKind, limit: number): Promise<HistoryRecord[]> {
    return this.records
      .filter((record) => record.kind === kind)
      .slice(-limit)
      .reverse();
  }
  async sampled(kind: HistoryKind, fromMs: number, toMs: number): Promise<HistoryRecord[]> {
    const isWithin = ({ at }: HistoryRecord) => at >= fromMs && at <= toMs;
    return this.records.filter((record) => record.kind === kind && isWithin(record));
  }
  async day(kind: HistoryKind): Promise<HistoryRecord[]> {
    return this.records.filter((record) => record.kind === kind);
  }
}

class ScriptedFeed implements Feed {
  #listener: ((event: FeedEvent) => void) | null = null;
  subscribed: ReadonlySet<string> = new Set();
  start(onEvent: (event: FeedEvent) => void): void {
    this.#listener = onEvent;
  }
  subscribeMarks(symbols: ReadonlySet<string>): void {
    this.subscribed = symbols;
  }
  async close(): Promise<void> {
    this.#listener = null;
  }
  emit(event: FeedEvent): void {
    this.#listener?.(event);
  }
}

/** The real engine over ports in memory, under a clock that a test moves. */
export interface Rig {
  readonly engine: Engine;
  readonly venue: MemoryVenue;
  readonly feed: ScriptedFeed;
  readonly clock: ManualClock;
  readonly journal: MemoryJournal;
  readonly history: MemoryHistory;
  readonly notices: Notice[];
  /** A new mark for a symbol's base, through the feed. */
  mark(base: string, price: number): Promise<void>;
  cycles(): number;
  told<T extends Notice['type']>(type: T): Extract<Notice, { type: T }>[];
}

export interface RigOptions {
  readonly holdings: readonly Holding[];
  readonly available: number;
  readonly settings?: (defaults: BalancerSettings) => BalancerSettings;
  readonly pinnedDryRun?: boolean;
  /** Go on from an earlier run: its journal and its venue. */
  readonly after?: Rig;
  readonly start?: boolean;
  readonly disk?: DiskWatch;
}

const DEFAULTS = balancerSettingsSchema.parse({ liquidation: { dry_run: false } });

export async function rig(options: RigOptions): Promise<Rig> {
  const clock = options.after?.clock ?? new ManualClock();
  const journal = options.after?.journal ?? new MemoryJournal(clock);
  const venue = options.after?.venue ?? new MemoryVenue(clock, options.holdings, options.available);
  const feed = new ScriptedFeed();
  const history = new MemoryHistory();
  const notices: Notice[] = [];
  let cycles = 0;
  const schedule: Schedule = {
    everySeconds: (seconds, run) =>
      every(clock, seconds * 1_000, async () => {
        // The shorter rhythm is for violent markets only.
        if (seconds > 5) cycles += 1;
        await run();
      }),
    dailyAt: () => () => undefined,
  };
  let seed = 1;
  const engine = await createEngine({
    venue,
    feed,
    journal,
    history,
    dayDocument: memoryDocument<DayDocument>(emptyDay('2026-01-05')),
    clock,
    schedule,
    random: () => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed / 2_147_483_647;
    },
    notifier: { notify: (notice) => notices.push(notice) },
    log: quiet,
    settings: options.settings ? options.settings(DEFAULTS) : DEFAULTS,
    version: 'test',
    simulated: true,
    pinnedDryRun: options.pinnedDryRun ?? false,
    ...(options.disk ? { disk: options.disk } : {}),
  });
  const made: Rig = {
    engine,
    venue,
    feed,
    clock,
    journal,
    history,
    notices,
    cycles: () => cycles,
    async mark(base, price) {
      const symbol = symbolOf(base);
      venue.prices.set(symbol, new Decimal(price));
      await clock.advance(10);
      feed.emit({ type: 'mark', mark: { symbol, price: new Decimal(price), at: clock.now() } });
      await settle();
    },
    told: (type) =>
      notices.filter((notice) => notice.type === type) as Extract<Notice, { type: typeof type }>[],
  };
  if (options.start !== false) {
    await engine.start();
    await settle();
  }
  return made;
}

function every(clock: ManualClock, ms: number, run: () => Promise<void>): Cancel {
  let cancel = clock.after(ms, tick);
  function tick(): void {
    cancel = clock.after(ms, tick);
    void run();
  }
  return () => cancel();
}
