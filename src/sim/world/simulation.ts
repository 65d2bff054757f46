/**
 * The service in its world, life after life: crashes, stops and sleep, other people's hands, and
 * a look now and then whether the money is where it should be and what is shown is true.
 */
import { MINUTE_MS, SECOND_MS } from '../../core/time.ts';
import type { BalancerSettings, EngineDoor } from '../../engine/index.ts';
import { moneyInWorld } from '../exchange/core/index.ts';
import { Prng } from '../market/index.ts';
import type { Draw } from './draw.ts';
import type { Past, WatchedMarket } from './exchange.ts';
import { Life } from './life.ts';
import { checkSymbols, objections, type Shown } from './rest-checks.ts';
import { type CrashPoint, Stage } from './stage.ts';
import { TroubleMaker } from './trouble-maker.ts';
import type { bookOf } from './website-hand.ts';

type Ending = 'kill' | 'power_cut' | 'document_lost';

const POINTS: readonly CrashPoint[] = ['append', 'sync', 'send', 'arrived', 'replied'];
/** A crash that was planned at a point which does not come happens anyway. */
const POINT_WAIT_MS = 10 * MINUTE_MS;
const STOP_MAX_MS = 10 * SECOND_MS;
const LOOK_MS = 4 * MINUTE_MS;
/** What counts at once is on disk after this at the latest. */
const ON_DISK_WITHIN_MS = 20 * SECOND_MS;

export interface SimulationOptions {
  readonly draw: Draw;
  readonly settings: BalancerSettings;
  readonly startAt: number;
  readonly market: WatchedMarket;
  readonly book: ReturnType<typeof bookOf>;
  readonly hasFaults: boolean;
  /** What the market was before; drawn from the seed when absent. */
  readonly past?: Past;
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
    this.stage.endRaces();
    // The machine's clock is set right, as a time service does.
    this.stage.wall.skewMs = 0;
    this.stage.hand.strain(this.#options.draw.leverage);
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
    this.stage.rolls.born();
    this.stage.answers.born();
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
      this.stage.answers.slept(ms);
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
  #compareViews(door: EngineDoor, positions: Shown): void {
    const { time, report } = this.stage;
    const first = objections(door, positions, this.stage);
    if (first.every((objection) => objection === null)) return;
    time.after(ON_DISK_WITHIN_MS, () => {
      if (this.#life?.door !== door || this.#life.process.isSuspended) return;
      objections(door, door.positions(), this.stage).forEach((objection, i) => {
        if (objection !== null && objection === first[i]) report.violation('view', objection);
      });
    });
  }

  /** Now and then: is the money where it should be, and does the engine see what the disk says? */
  #look(): void {
    const { time, report, exchange, hand } = this.stage;
    time.after(LOOK_MS, () => {
      if (this.#hasEnded) return;
      this.#look();
      if (this.#maker && !this.#maker.isQuiet) hand.restock();
      const missing = moneyInWorld(exchange.world);
      if (missing !== 0) report.violation('money', `${missing} units too many`);
      if (exchange.world.ledger.free.units < 0) report.violation('money', 'below zero');
      const door = this.#life?.door;
      if (door && !this.#life?.process.isSuspended) {
        const positions = door.positions();
        checkSymbols(door, positions, this.stage);
        this.#compareViews(door, positions);
      }
    });
  }
}
