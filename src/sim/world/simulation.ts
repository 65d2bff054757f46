/**
 * One seed from beginning to end: a safety phase with faults, crashes and other people's hands,
 * then a liveness phase in which nothing is wrong any more and everything must come to rest.
 */
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import type { BalancerSettings, EngineDoor } from '../../engine/index.ts';
import { moneyInWorld } from '../exchange/core/index.ts';
import { Prng } from '../market/index.ts';
import { type Draw, drawSeed } from './draw.ts';
import type { WatchedMarket } from './exchange.ts';
import { Life } from './life.ts';
import { ReplayedMarket } from './markets.ts';
import { shownPosture } from './posture-fold.ts';
import { checkAtRest, checkDamage, checkView } from './rest-checks.ts';
import { type CrashPoint, type Loss, openingOf, START_AT, Stage } from './stage.ts';
import { TroubleMaker } from './trouble-maker.ts';
import { StoppedEarly } from './virtual-time.ts';
import { bookOf } from './website-hand.ts';

type Ending = 'kill' | 'power_cut' | 'document_lost';

const POINTS: readonly CrashPoint[] = ['append', 'sync', 'send', 'arrived', 'replied'];
/** A crash that was planned at a point which does not come happens anyway. */
const POINT_WAIT_MS = 10 * MINUTE_MS;
const STOP_MAX_MS = 10 * SECOND_MS;
/** After the faults: to reconnect, to wait out blocks, to resolve what is open. */
export const SETTLE_MS = 12 * MINUTE_MS;
const LOOK_MS = 2 * MINUTE_MS;
/** What counts at once is on disk after this at the latest. */
const ON_DISK_WITHIN_MS = 20 * SECOND_MS;
/** What a person could not clear at first because its cause still held. */
const CLEAR_AGAIN_MS = 22 * MINUTE_MS;

export interface SimulationOptions {
  readonly draw: Draw;
  readonly settings: BalancerSettings;
  readonly startAt: number;
  readonly market: WatchedMarket;
  readonly book: ReturnType<typeof bookOf>;
  readonly hasFaults: boolean;
}

export class Simulation {
  readonly stage: Stage;
  readonly #options: SimulationOptions;
  readonly #random: Prng;
  readonly #maker: TroubleMaker | null;
  #life: Life | null = null;
  #lives = 0;
  #planned: { readonly ending: Ending; readonly point: CrashPoint } | null = null;
  #hasEnded = false;
  #lastExit = '';

  constructor(options: SimulationOptions) {
    const { draw, hasFaults } = options;
    this.#options = options;
    this.#random = new Prng(draw.seed, 'lives');
    this.stage = new Stage({
      ...options,
      life: () => this.#life,
      isQuiet: () => this.#maker?.isQuiet ?? true,
      onPoint: (point) => this.#onPoint(point),
    });
    const { time, exchange, trouble: network, disk, hand, report, wall } = this.stage;
    const random = new Prng(draw.seed, 'troubles');
    const common = { draw, time, random, exchange, network, disk, hand, report };
    this.#maker = hasFaults
      ? new TroubleMaker({
          ...common,
          onLife: (kind) => this.#disturb(kind),
          onRace: () => this.stage.race(),
          onClockStep: (ms) => {
            wall.skewMs = Math.max(-600_000, Math.min(600_000, wall.skewMs + ms));
          },
        })
      : null;
    this.#begin();
    this.#look();
  }

  get life(): Life | null {
    return this.#life;
  }

  /** Why the last life ended by itself. */
  get lastExit(): string {
    return this.#lastExit;
  }

  run(untilMs: number): Promise<void> {
    return this.stage.time.runUntil(untilMs);
  }

  /** For how long nothing has been wrong. */
  get quietForMs(): number {
    return this.stage.time.at - this.#options.draw.quietAtMs;
  }

  quiet(): void {
    this.#planned = null;
    this.#maker?.stop();
    // The machine's clock is set right, as a time service does.
    this.stage.wall.skewMs = 0;
    this.#beginLater(SECOND_MS);
    this.stage.report.event('faults stop');
  }

  /** Power goes; the next life begins at once. */
  crashNow(ending: Ending): void {
    this.#crash(ending, SECOND_MS);
  }

  /** Nothing begins anew after this. */
  end(): void {
    this.#hasEnded = true;
    this.#life?.process.kill();
  }

  /** One more life on the disk as it is, for the checks after the end. */
  beginAgain(): void {
    this.#hasEnded = false;
    this.#begin();
  }

  #begin(): void {
    if (this.#hasEnded || this.#life?.process.isAlive) return;
    const { time, wall, disk, network, report, actor } = this.stage;
    this.#lives += 1;
    report.event(`life ${this.#lives}`);
    this.stage.rules.born();
    this.#life = new Life({
      time,
      wall,
      disk,
      network,
      marks: report.marks,
      seed: this.#options.draw.seed,
      number: this.#lives,
      settings: this.#options.settings,
      onNotice: (notice) => {
        report.event(`notice ${notice.type}`);
        report.marks.hit(`notice ${notice.type}`);
        actor.onNotice(notice);
      },
      onExit: (reason) => {
        this.#lastExit = reason;
        report.event(`exit ${reason}`);
        this.#beginLater(this.#random.between(1, 60) * SECOND_MS);
      },
      onLog: (message, fields) => {
        report.event(`log ${message} ${JSON.stringify(fields)}`);
        report.marks.hit(`log ${message}`);
      },
    });
  }

  #beginLater(delayMs: number): void {
    this.stage.time.after(delayMs, () => this.#begin());
  }

  #disturb(kind: Ending | 'stop' | 'suspend'): void {
    const life = this.#life;
    if (!life?.process.isAlive) return;
    if (kind === 'suspend') {
      const leftMs = this.#options.draw.quietAtMs - this.stage.time.at;
      const ms = Math.min(leftMs, this.#random.between(1, 900) * SECOND_MS);
      this.stage.permissions.slept(ms);
      life.process.suspend(ms);
    } else if (kind === 'stop') {
      this.#stop(life);
    } else {
      const point = POINTS[Math.floor(this.#random.next() * POINTS.length)] ?? 'sync';
      const planned = { ending: kind, point };
      this.#planned = planned;
      this.stage.time.after(POINT_WAIT_MS, () => {
        if (this.#planned === planned) this.#crash(kind);
      });
    }
  }

  #stop(life: Life): void {
    const { report, time } = this.stage;
    life.stop().catch((error: unknown) => report.event(`stop failed ${String(error)}`));
    time.after(STOP_MAX_MS, () => {
      if (!life.process.isAlive) return;
      report.marks.hit('stop cut short');
      life.process.kill();
      this.#beginLater(SECOND_MS);
    });
  }

  #onPoint(point: CrashPoint): void {
    if (this.#planned?.point !== point) return;
    this.stage.report.marks.hit(`crash at ${point}`);
    this.#crash(this.#planned.ending);
  }

  #crash(ending: Ending, restMs = this.#restMs()): void {
    this.#planned = null;
    const { report, disk } = this.stage;
    if (!this.#life?.process.isAlive) return;
    report.counts.crashes += 1;
    report.event(`crash ${ending}`);
    this.#life.process.kill();
    if (ending === 'power_cut') disk.powerCut();
    if (ending === 'document_lost') {
      const damaged = this.#random.next() < 0.5 ? null : Buffer.from('{"utcDay":');
      disk.plant('/data/day.json', damaged);
    }
    this.#beginLater(restMs);
  }

  #restMs(): number {
    const draw = this.#random.next();
    return draw < 0.8 ? 500 + 8_000 * draw : this.#random.between(1, 15) * MINUTE_MS;
  }

  /** Shown is what the journal says; what changes right now may take a moment to reach the disk. */
  #comparePosture(door: EngineDoor): void {
    const { postures, time, report } = this.stage;
    const durable = postures.text();
    const shown = shownPosture(door);
    if (shown === durable || shown === null) return;
    time.after(ON_DISK_WITHIN_MS, () => {
      const isSame = this.#life?.door === door && !this.#life.process.isSuspended;
      if (!isSame || shownPosture(door) !== shown || postures.text() !== durable) return;
      report.violation('view', `shows "${shown}", journal says "${durable}"`);
    });
  }

  /** Now and then: is the money where it should be, and does the engine see what the disk says? */
  #look(): void {
    const { time, report, exchange, hand, settings } = this.stage;
    time.after(LOOK_MS, () => {
      if (this.#hasEnded) return;
      this.#look();
      if (!this.#maker?.isQuiet) hand.restock();
      const missing = moneyInWorld(exchange.world);
      if (missing !== 0) report.violation('money', `${missing} units too many`);
      if (exchange.world.ledger.free.units < 0) report.violation('money', 'below zero');
      const door = this.#life?.door;
      if (door && !this.#life?.process.isSuspended) {
        checkView(report, time, door, settings, this.stage);
        this.#comparePosture(door);
      }
    });
  }
}

export interface SeedResult {
  readonly seed: number;
  readonly hash: string;
  readonly hours: number;
  readonly events: number;
  readonly violations: Stage['report']['violations'];
  readonly trace: readonly string[];
  readonly marks: Readonly<Record<string, number>>;
  readonly counts: Stage['report']['counts'];
  /** How long each unknown outcome stayed unknown, ms. */
  readonly resolvedAfterMs: readonly number[];
  readonly busiest: number;
}

/** @param stopsAtFirst ends the run with its first violation, for whoever only looks for one. */
export async function runSeed(
  seed: number,
  hours: number,
  stopsAtFirst = false,
): Promise<SeedResult> {
  const draw = drawSeed(seed, hours);
  const { market, book } = openingOf(draw);
  const { settings } = draw;
  const main = new Simulation({ draw, settings, startAt: START_AT, market, book, hasFaults: true });
  const { report, time } = main.stage;
  report.stopsAtFirst = stopsAtFirst;
  const onRejection = (reason: unknown): void => report.violation('rejection', String(reason));
  process.on('unhandledRejection', onRejection);
  try {
    await main.run(draw.quietAtMs);
    main.quiet();
    await settle(main);
    const twin = await race(main, market, draw);
    checkAtRest(report, main);
    compareLosses(main, twin);
    await checkLastCrash(main);
    await checkDamage(main);
  } catch (error) {
    if (!(error instanceof StoppedEarly)) report.broken(error);
  } finally {
    process.off('unhandledRejection', onRejection);
    main.end();
  }
  return {
    seed,
    hours,
    hash: report.digest(),
    events: time.events,
    violations: report.violations,
    trace: report.hasFailed ? report.trace.slice(-200) : [],
    marks: report.marks.counts(),
    counts: report.counts,
    resolvedAfterMs: report.resolvedAfterMs,
    busiest: main.stage.rates.busiest,
  };
}

/** Everything reconnects, blocks run out, open questions are answered, people let it act. */
async function settle(main: Simulation): Promise<void> {
  const { report, time, actor } = main.stage;
  await main.run(time.at + SETTLE_MS);
  const door = main.life?.door;
  if (!door) {
    report.violation('liveness', `not running ${SETTLE_MS} ms after the faults: ${main.lastExit}`);
    return;
  }
  const clear = (): void => {
    const now = main.life?.door;
    if (!now) return;
    actor.settle(now).catch((error: unknown) => report.violation('liveness', String(error)));
  };
  clear();
  time.after(CLEAR_AGAIN_MS, clear);
  await main.run(time.at + 2 * MINUTE_MS);
  checkAtRest(report, main);
}

/** The rest of the run twice: by the service that went through it all, and by one born now. */
async function race(
  main: Simulation,
  market: ReturnType<typeof openingOf>['market'],
  draw: Draw,
): Promise<{ readonly fromMs: number; readonly losses: readonly Loss[] }> {
  const { time, exchange } = main.stage;
  exchange.catchUp();
  const startAt = market.at;
  const fromMs = time.at;
  const prices = Float64Array.from(market.prices);
  const book = bookOf(exchange.world);
  const settings = main.life?.door?.settings().effective ?? draw.settings;
  market.record();
  await main.run(draw.endMs);
  const replay = new ReplayedMarket(market, startAt, prices);
  const twin = new Simulation({ draw, settings, startAt, market: replay, book, hasFaults: false });
  await twin.run(draw.endMs - fromMs);
  twin.end();
  return { fromMs, losses: twin.stage.losses };
}

function compareLosses(
  main: Simulation,
  twin: { readonly fromMs: number; readonly losses: readonly Loss[] },
): void {
  const { report, losses } = main.stage;
  const own = losses.filter(({ at }) => at > twin.fromMs);
  report.marks.hit(twin.losses.length === 0 ? 'twin saved all' : 'twin lost some');
  if (own.length > 0 && twin.losses.length === 0) {
    const symbols = own.map(({ symbol }) => symbol).join(', ');
    report.violation('twin', `lost ${symbols}, which a fresh service keeps`);
  }
}

/** What is on disk must be enough, whatever the last moment was. */
async function checkLastCrash(main: Simulation): Promise<void> {
  const { report, time } = main.stage;
  main.crashNow('power_cut');
  await main.run(time.at + 2 * MINUTE_MS);
  if (!main.life?.door) report.violation('recovery', `not running: ${main.lastExit}`);
}
