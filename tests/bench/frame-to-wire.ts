/**
 * From a mark-price frame's arrival to the first byte of the protective write, with the real
 * client, engine and journal (fsync included); the exchange runs in another process.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import type { Decimal } from '../../src/core/decimal.ts';
import { Secret } from '../../src/core/secret.ts';
import type { PerpSymbol } from '../../src/core/symbol.ts';
import { createEngine, dayDocumentSchema, emptyDay } from '../../src/engine/index.ts';
import { systemClock } from '../../src/ops/clock.ts';
import { silentLogger } from '../../src/ops/logger.ts';
import { createSchedule } from '../../src/ops/schedule.ts';
import type { Schedule } from '../../src/ports/clock.ts';
import type { Counter } from '../../src/ports/counter.ts';
import { openStorage, type Storage } from '../../src/storage/index.ts';
import { balancerSettingsSchema } from '../../src/systems/balancer/index.ts';
import { createBitfinex } from '../../src/venues/bitfinex/index.ts';
import { seeded } from './books.ts';
import { type Figure, percentile } from './figure.ts';
import { LoopWatch } from './loop-watch.ts';
import { NaiveBalancer, ratePct } from './naive.ts';
import { Probe, type Stages } from './probe.ts';
import { type Exchange, startLoad } from './processes.ts';

const POLL_SECONDS = 5;
/** Slow enough to stay below the venue's limit of writes: waiting for it is not measured. */
const SHOCK_EVERY_MS = 1_000;
/** Below the emergency rate of 2 %, above any maintenance rate. */
const SHOCKED_RATE_PCT = 1.4;
/** No routine moves: the limit of writes is for rescues alone. */
const NO_ROUTINE_USD = 1e9;
/** About as long as an intent's record. */
const LINE = `${'x'.repeat(400)}\n`;

/** How late each scheduled run began, as a share of the interval. */
class Rhythm {
  readonly #starts: number[] = [];
  #isFirst = true;

  wrap(schedule: Schedule): Schedule {
    return {
      everySeconds: (seconds, run) =>
        schedule.everySeconds(seconds, this.#isCycle() ? this.#timed(run) : run),
      dailyAt: (time, run) => schedule.dailyAt(time, run),
    };
  }

  /** The engine schedules its check before anything else. */
  #isCycle(): boolean {
    const isFirst = this.#isFirst;
    this.#isFirst = false;
    return isFirst;
  }

  #timed(run: () => Promise<void>): () => Promise<void> {
    return () => {
      this.#starts.push(performance.now());
      return run();
    };
  }

  worstPct(): number {
    const first = this.#starts[0] ?? 0;
    const late = this.#starts.map((at, i) => Math.abs(at - first - i * POLL_SECONDS * 1_000));
    return (Math.max(0, ...late) / (POLL_SECONDS * 1_000)) * 100;
  }
}

export interface Load {
  readonly positions: number;
  readonly framesPerSecond: number;
  /** Appended to the figures' names. */
  readonly suffix: string;
  readonly goalMs: number;
  readonly warmUpMs: number;
  /** Of the whole account: low enough that nothing but the shocks asks for a rescue. */
  readonly leverage: number;
  /** The exchange of the bench admits so many times its limits: connections are not measured. */
  readonly limitFactor: number;
}

export const USUAL_LOAD: Load = {
  positions: 200,
  framesPerSecond: 2_000,
  suffix: '',
  goalMs: 10,
  warmUpMs: 15_000,
  leverage: 9,
  limitFactor: 10,
};
export const HEAVY_LOAD: Load = {
  positions: 1_000,
  framesPerSecond: 5_000,
  suffix: '_heavy',
  goalMs: 3,
  warmUpMs: 25_000,
  leverage: 9,
  limitFactor: 10,
};

/** What one run of the service under load gave. */
interface Run {
  readonly rescues: readonly Stages[];
  readonly lag: IntervalHistogram;
  readonly loop: LoopWatch;
  readonly jitterPct: number;
  readonly fsyncMs: readonly number[];
}

/** Single symbols are shocked until they need a rescue, while all the others stream. */
export async function frameToWire(minutes: number, load: Load): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-bench-'));
  const storage = await openStorage(folder, {
    clock: systemClock,
    log: silentLogger,
    onFatal: (error) => {
      throw error;
    },
  });
  const counter = await storage.openCounter('nonce');
  const run = await underLoad(minutes, load, { storage, counter, folder });
  const naive = await naiveLatencies(counter, load, minutes * 60_000);
  await storage.close();
  rmSync(folder, { recursive: true, force: true });
  return [
    ...latencyFigures(run.rescues, load),
    ...baseline(naive, run.rescues, load),
    ...loopFigures(run, load),
  ];
}

async function underLoad(
  minutes: number,
  load: Load,
  { storage, counter, folder }: { storage: Storage; counter: Counter; folder: string },
): Promise<Run> {
  const exchange = await startLoad(load);
  const probe = new Probe();
  const rhythm = new Rhythm();
  probe.listen();
  const { engine, close } = await build(exchange, { storage, counter, probe, rhythm });
  await engine.start();
  await new Promise((resolve) => setTimeout(resolve, load.warmUpMs));
  const lag = monitorEventLoopDelay({ resolution: 1 });
  lag.enable();
  const loop = new LoopWatch();
  loop.start();
  const positions = engine.door.positions();
  await shockFor(minutes * 60_000, exchange, positions, (symbol) => probe.priceOf(symbol));
  loop.stop();
  lag.disable();
  await engine.stop('bench');
  await close();
  await exchange.stop();
  const fsyncMs = await bareSyncs(folder);
  return { rescues: probe.rescues, lag, loop, jitterPct: rhythm.worstPct(), fsyncMs };
}

function loopFigures({ lag, loop, jitterPct, fsyncMs }: Run, { suffix }: Load): Figure[] {
  return [
    {
      name: `fsync_alone_p99_ms${suffix}`,
      value: percentile(fsyncMs, 99),
      unit: `ms (${spreadOf(fsyncMs)})`,
      goal: 'what the disk takes of every rescue',
    },
    { name: `cycle_jitter_pct${suffix}`, value: jitterPct, unit: '%', goal: '< 1' },
    {
      name: `event_loop_delay_max_ms${suffix}`,
      value: lag.max / 1e6,
      unit: `ms (p99 ${(lag.percentile(99) / 1e6).toFixed(2)})`,
      goal: '< 5',
    },
    {
      name: `event_loop_own_max_ms${suffix}`,
      value: Math.max(...loop.ownMs),
      unit: `ms (p99.9 ${percentile(loop.ownMs, 99.9).toFixed(2)})`,
      goal: '< 5: the same without waits for a core',
    },
  ];
}

/** What one run measures. */
export function namesOf({ suffix }: Load): string[] {
  const parts = ['p99_ms', ...STAGES.map((stage) => `${stage}_p99_ms`)];
  const latencies = parts.map((part) => `frame_to_wire_${part}${suffix}`);
  const naive = [`frame_to_wire_naive_p99_ms${suffix}`, `naive_to_ours_p50${suffix}`];
  const fsync = `fsync_alone_p99_ms${suffix}`;
  return [
    ...latencies,
    ...naive,
    fsync,
    `cycle_jitter_pct${suffix}`,
    `event_loop_delay_max_ms${suffix}`,
    `event_loop_own_max_ms${suffix}`,
  ];
}

const STAGES = ['wire', 'parse', 'decide', 'journal', 'turn', 'send', 'coreless'] as const;

function spreadOf(sample: readonly number[]): string {
  const p50 = percentile(sample, 50).toFixed(2);
  return `p50 ${p50}, max ${Math.max(...sample).toFixed(2)}`;
}

function latencyFigures(rescues: readonly Stages[], load: Load): Figure[] {
  const of = (key: keyof Stages) => rescues.map((stages) => stages[key]);
  const total = of('totalMs');
  const stages = STAGES.map((stage): Figure => {
    const sample = of(`${stage}Ms`);
    const name = `frame_to_wire_${stage}_p99_ms${load.suffix}`;
    return { name, value: percentile(sample, 99), unit: `ms (${spreadOf(sample)})`, goal: '-' };
  });
  return [
    {
      name: `frame_to_wire_p99_ms${load.suffix}`,
      value: percentile(total, 99),
      unit: `ms (${spreadOf(total)}) over ${total.length} rescues`,
      goal: `< ${load.goalMs}`,
    },
    ...stages,
  ];
}

/** What the baseline took, and how many times the engine's own time that is. */
function baseline(naive: readonly number[], rescues: readonly Stages[], load: Load): Figure[] {
  const p50 = percentile(naive, 50);
  const ours = percentile(
    rescues.map(({ totalMs }) => totalMs),
    50,
  );
  return [
    {
      name: `frame_to_wire_naive_p99_ms${load.suffix}`,
      value: percentile(naive, 99),
      unit: `ms (p50 ${p50.toFixed(2)}) over ${naive.length} top-ups`,
      goal: 'a baseline: REST re-read on a 3 % tick, free balance only',
    },
    { name: `naive_to_ours_p50${load.suffix}`, value: p50 / ours, unit: 'times', goal: '> 1' },
  ];
}

function clientOf(exchange: Exchange, counter: Counter) {
  return createBitfinex({
    apiKey: new Secret('demo-key'),
    apiSecret: new Secret('demo-secret'),
    restUrl: exchange.url,
    publicRestUrl: exchange.url,
    wsUrl: exchange.wsUrl,
    publicWsUrl: exchange.wsUrl,
    publicConnectionsPerMinute: 160,
    settleCurrency: 'USTF0',
    clock: systemClock,
    random: Math.random,
    log: silentLogger,
    counter,
  });
}

interface Parts {
  readonly storage: Storage;
  readonly counter: Counter;
  readonly probe: Probe;
  readonly rhythm: Rhythm;
}

async function build(exchange: Exchange, parts: Parts) {
  const { storage, counter, probe, rhythm } = parts;
  const { venue, feed } = clientOf(exchange, counter);
  const engine = await createEngine({
    venue,
    feed: probe.wrapFeed(feed),
    journal: probe.wrapJournal(storage.journal),
    history: storage.history,
    dayDocument: await storage.openDocument('day', dayDocumentSchema, emptyDay('')),
    clock: systemClock,
    schedule: rhythm.wrap(createSchedule(systemClock, silentLogger)),
    random: Math.random,
    notifier: { notify: () => undefined },
    log: silentLogger,
    settings: balancerSettingsSchema.parse({
      monitor: { subscription: 'all', poll_interval_sec: POLL_SECONDS },
      thresholds: { min_adjustment_usdt: NO_ROUTINE_USD },
      // Only the shocked position is rescued: a queue of rescues would measure itself.
      emergency: { relative_trigger: 0.01 },
      liquidation: { dry_run: false, enabled: false },
    }),
    version: 'bench',
    simulated: true,
    pinnedDryRun: false,
  });
  return { engine, close: () => venue.close() };
}

/** A line appended and synced, with nothing else going on: below this no rescue can be. */
async function bareSyncs(folder: string): Promise<number[]> {
  const file = await open(join(folder, 'bare'), 'a');
  const sample: number[] = [];
  for (let i = 0; i < 400; i += 1) {
    const startedAt = performance.now();
    await file.appendFile(LINE);
    await file.datasync();
    sample.push(performance.now() - startedAt);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await file.close();
  return sample;
}

/** The same shocks for the baseline, at an exchange whose free balance is not used up yet. */
async function naiveLatencies(counter: Counter, load: Load, ms: number): Promise<number[]> {
  const exchange = await startLoad(load);
  const { venue, feed } = clientOf(exchange, counter);
  const naive = new NaiveBalancer(venue);
  const positions = await naive.start(feed);
  await new Promise((resolve) => setTimeout(resolve, load.warmUpMs));
  await shockFor(ms, exchange, positions, (symbol) => naive.priceOf(symbol));
  naive.stop();
  await venue.close();
  await feed.close();
  await exchange.stop();
  return naive.latenciesMs;
}

interface Shockable {
  readonly symbol: PerpSymbol;
  readonly side: 'long' | 'short';
  readonly quantity: Decimal;
  readonly entryPrice: Decimal;
  readonly collateralUsd: Decimal;
}

/**
 * One symbol down, then back: each fall is a rescue, the account as a whole stays well. Whom to
 * shock is worked out here: asking the service for a view of all positions would be a load on it.
 */
async function shockFor(
  ms: number,
  exchange: Exchange,
  positions: readonly Shockable[],
  priceOf: (symbol: PerpSymbol) => Decimal | undefined,
): Promise<void> {
  const random = seeded(3);
  const deadline = performance.now() + ms;
  while (performance.now() < deadline) {
    const position = positions[Math.floor(random() * positions.length)];
    const price = position && priceOf(position.symbol);
    const fallPct = position && price ? ratePct(position, price) - SHOCKED_RATE_PCT : 0;
    if (position && fallPct > 0) {
      const pct = (position.side === 'long' ? -1 : 1) * fallPct;
      await shock(exchange, position.symbol, pct);
      await new Promise((resolve) => setTimeout(resolve, SHOCK_EVERY_MS));
      await shock(exchange, position.symbol, (100 / (100 + pct) - 1) * 100);
    } else await new Promise((resolve) => setTimeout(resolve, SHOCK_EVERY_MS));
  }
}

async function shock(exchange: Exchange, symbol: string, pct: number): Promise<void> {
  await fetch(`${exchange.url}/sim/shock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ symbol, pct, seconds: 0 }),
  });
}
