/**
 * From a mark-price frame's arrival to the first byte of the protective write, with the real
 * client, engine and journal (fsync included); the exchange runs in another process.
 */
import diagnostics from 'node:diagnostics_channel';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { Secret } from '../../src/core/secret.ts';
import { createEngine, dayDocumentSchema, type Engine, emptyDay } from '../../src/engine/index.ts';
import { systemClock } from '../../src/ops/clock.ts';
import { silentLogger } from '../../src/ops/logger.ts';
import { createSchedule } from '../../src/ops/schedule.ts';
import type { Schedule } from '../../src/ports/clock.ts';
import type { Journal } from '../../src/ports/journal.ts';
import { openStorage, type Storage } from '../../src/storage/index.ts';
import { balancerSettingsSchema } from '../../src/systems/balancer/index.ts';
import { createBitfinex } from '../../src/venues/bitfinex/index.ts';
import { seeded } from './books.ts';
import { type Figure, percentile } from './figure.ts';
import { type Exchange, startLoad } from './processes.ts';

const POLL_SECONDS = 5;
/** Slow enough to stay below the venue's limit of writes: waiting for it is not measured. */
const SHOCK_EVERY_MS = 1_500;
/** Below the emergency rate of 2 %, above any maintenance rate. */
const SHOCKED_RATE_PCT = 1.4;
/** No routine moves: the limit of writes is for rescues alone. */
const NO_ROUTINE_USD = 1e9;

/** Moments are read from `performance.now()`. */
class Probe {
  readonly samplesMs: number[] = [];
  readonly #decidedFrom = new Map<string, number>();
  /** When the frame being handled in this very turn arrived; null between frames. */
  #frameAt: number | null = null;

  /** Notes when bytes arrive, before anything looks at them. */
  listenToSockets(): void {
    const probe = this;
    const emit = WebSocket.prototype.emit;
    WebSocket.prototype.emit = function (this: WebSocket, event: string | symbol, ...rest) {
      if (event === 'message') probe.#frameAt = performance.now();
      const handled = emit.call(this, event, ...rest);
      if (event === 'message') probe.#frameAt = null;
      return handled;
    };
    diagnostics.subscribe('undici:client:sendHeaders', (message) => {
      const { request } = message as { request: { path: string; body: unknown } };
      if (request.path.endsWith('/collateral/set')) probe.#onWrite(String(request.body));
    });
  }

  /**
   * The first intent of a rescue is appended in the same turn as the frame that caused it. The ones
   * that follow wait for money to arrive, and are not measured.
   */
  wrapJournal(journal: Journal): Journal {
    return {
      append: (entry) => {
        const { action } = entry.body as { action?: { symbol: string; trigger: string } };
        if (entry.type === 'intent' && action?.trigger === 'emergency') {
          if (this.#frameAt !== null) this.#decidedFrom.set(action.symbol, this.#frameAt);
        }
        return journal.append(entry);
      },
      replay: () => journal.replay(),
      close: () => journal.close(),
    };
  }

  #onWrite(body: string): void {
    for (const [symbol, at] of this.#decidedFrom) {
      if (!body.includes(symbol)) continue;
      this.samplesMs.push(performance.now() - at);
      this.#decidedFrom.delete(symbol);
    }
  }
}

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

/** 200 positions at 2,000 frames a second; single symbols are shocked until they need a rescue. */
export async function frameToWire(minutes: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-bench-'));
  const exchange = await startLoad({ positions: 200, framesPerSecond: 2_000 });
  const storage = await openStorage(folder, {
    clock: systemClock,
    log: silentLogger,
    onFatal: (error) => {
      throw error;
    },
  });
  const probe = new Probe();
  const rhythm = new Rhythm();
  probe.listenToSockets();
  const { engine, close } = await build(exchange, storage, probe, rhythm);
  await engine.start();
  await shockFor(minutes * 60_000, exchange, engine);
  await engine.stop('bench');
  await close();
  await storage.close();
  await exchange.stop();
  rmSync(folder, { recursive: true, force: true });
  const value = percentile(probe.samplesMs, 99);
  const p50 = percentile(probe.samplesMs, 50).toFixed(2);
  const unit = `ms (p50 ${p50}) over ${probe.samplesMs.length} rescues`;
  return [
    { name: 'frame_to_wire_p99_ms', value, unit, goal: '< 10' },
    { name: 'cycle_jitter_pct', value: rhythm.worstPct(), unit: '%', goal: '< 1' },
  ];
}

async function build(exchange: Exchange, storage: Storage, probe: Probe, rhythm: Rhythm) {
  const { venue, feed } = createBitfinex({
    apiKey: new Secret('demo-key'),
    apiSecret: new Secret('demo-secret'),
    restUrl: exchange.url,
    publicRestUrl: exchange.url,
    wsUrl: exchange.wsUrl,
    publicWsUrl: exchange.wsUrl,
    settleCurrency: 'USTF0',
    clock: systemClock,
    random: Math.random,
    log: silentLogger,
    counter: await storage.openCounter('nonce'),
  });
  const engine = await createEngine({
    venue,
    feed,
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

/** One symbol down, then back: each fall is a rescue, the account as a whole stays well. */
async function shockFor(ms: number, exchange: Exchange, engine: Engine): Promise<void> {
  const random = seeded(3);
  const deadline = performance.now() + ms;
  while (performance.now() < deadline) {
    const positions = engine.door.positions();
    const position = positions[Math.floor(random() * positions.length)];
    if (!position) continue;
    const fallPct = position.marginRatePct - SHOCKED_RATE_PCT;
    if (fallPct <= 0) continue;
    const pct = (position.side === 'long' ? -1 : 1) * fallPct;
    await shock(exchange, position.symbol, pct);
    await new Promise((resolve) => setTimeout(resolve, SHOCK_EVERY_MS));
    await shock(exchange, position.symbol, (100 / (100 + pct) - 1) * 100);
  }
}

async function shock(exchange: Exchange, symbol: string, pct: number): Promise<void> {
  await fetch(`${exchange.url}/sim/shock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ symbol, pct, seconds: 0 }),
  });
}
