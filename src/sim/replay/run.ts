/** One portfolio through one window under one policy: the virtual clock of the replay. */
import { SECOND_MS } from '../../core/time.ts';
import {
  type Adjustment,
  type BalancerSettings,
  type Book,
  decideRebalance,
  mayReduceNow,
  planDeleverage,
  planEmergency,
  planHarvest,
  type Reduction,
  thriftyRescue,
  URGENCY_WINDOW_SEC,
  urgentWeight,
} from '../../systems/balancer/index.ts';
import { type Account, CENTS } from './account.ts';
import { approveClosing, approveMove } from './gate.ts';
import { Oracle, type Trial } from './oracle.ts';
import { Planner } from './planner.ts';
import { FALL_STEPS, fallOf, type PriceGrid, STEP_MS, STEPS_PER_MINUTE } from './price-grid.ts';
import { Screen } from './screen.ts';
import { Wire, type Write } from './wire.ts';
import { WriteLimit } from './write-limit.ts';

export interface RunOptions {
  readonly latencyMs: number;
  readonly writesPerMinute: number;
  /** One write after the other instead of a plan's decreases together. */
  readonly serial: boolean;
  /** Look whether a plan of reductions would have prevented each liquidation. */
  readonly oracle: boolean;
  readonly settings: BalancerSettings | null;
}

export interface RunResult {
  readonly liquidations: number;
  readonly liquidatedUsd: number;
  readonly equityUsd: number;
  /** Until the window ended or no position was left. */
  readonly hours: number;
  readonly writes: number;
  readonly worstMinute: number;
  readonly topUps: number;
  readonly reductions: number;
  readonly rolls: number;
  /** Liquidations that a plan would have prevented (`oracle.ts`); null where nobody looked. */
  readonly avoidable: number | null;
  readonly avoidableEarlier: number | null;
}

const URGENCY_STEPS = (URGENCY_WINDOW_SEC * SECOND_MS) / STEP_MS;
/** Binary noise between the screen's even distance and the decider's. */
const HARVEST_NOISE = 1e-9;
/** The greatest margin the settings allow, in times of maintenance. */
const MULTIPLIER_MAX = 100;

/** Sees the account after every step that was looked at; for showing what happened. */
export type Watcher = (step: number, account: Account, even: number) => void;

export class Run implements Trial {
  readonly #grid: PriceGrid;
  readonly #account: Account;
  readonly #options: RunOptions;
  readonly #screen: Screen | null;
  readonly #planner: Planner;
  readonly #wire: Wire;
  readonly #limit: WriteLimit;
  readonly #oracle: Oracle | null;
  readonly #pairs: number;
  readonly #watcher: Watcher | null;
  readonly #weighs: boolean;
  readonly #reduces: boolean;
  readonly #priceAt: (i: number, at: number) => number;
  #step = 0;
  #lastReductionAt: number | null = null;
  #lastHarvestAt: number | null = null;
  #helplessUntil = 0;

  constructor(
    grid: PriceGrid,
    account: Account,
    options: RunOptions,
    watcher: Watcher | null = null,
    limit = new WriteLimit(options.writesPerMinute),
  ) {
    this.#grid = grid;
    this.#account = account;
    this.#options = options;
    this.#watcher = watcher;
    this.#weighs = options.settings?.allocation.mode === 'equal_distance';
    this.#reduces = options.settings?.liquidation.enabled ?? false;
    this.#pairs = grid.bases.length;
    this.#screen = options.settings ? new Screen(account, options.settings) : null;
    this.#planner = new Planner(account);
    this.#limit = limit;
    const looks = options.oracle && options.settings?.liquidation.enabled;
    this.#oracle = looks ? new Oracle(account.count) : null;
    const onRefused = (i: number): void =>
      this.#planner.learnMinimum(i, account.collateral[i] ?? 0);
    this.#wire = new Wire(account, this.#limit, options, { onRefused });
    this.#priceAt = (i, at) => this.#priceBetween(i, at);
  }

  run(): RunResult {
    this.until(this.#lastStep);
    const end = this.#lastStep * this.#pairs;
    const equityCents = this.#account.equityCents(this.#grid.prices, end);
    const { liquidations, liquidatedUsd } = this.#account;
    const { topUps, reductions, rolls } = this.#wire.counts;
    return {
      liquidations,
      liquidatedUsd,
      equityUsd: equityCents / CENTS,
      hours: this.#step / STEPS_PER_MINUTE / 60,
      writes: this.#limit.count,
      worstMinute: this.#limit.worstMinute,
      topUps,
      reductions,
      rolls,
      avoidable: this.#oracle?.avoidable ?? null,
      avoidableEarlier: this.#oracle?.avoidableEarlier ?? null,
    };
  }

  get account(): Account {
    return this.#account;
  }

  /** Goes on to a step, or to the end of the quiet minute it lies in. */
  until(step: number): void {
    const last = Math.min(step, this.#lastStep);
    while (this.#step < last) {
      this.#remember();
      if (this.#step % STEPS_PER_MINUTE === 0) {
        if (!this.#isGoingOn) return;
        if (this.#isQuietMinute()) {
          this.#step += STEPS_PER_MINUTE;
          continue;
        }
      }
      this.#step += 1;
      this.#look();
    }
  }

  /** The same run from here on, beside this one; nobody watches it. */
  fork(): Run {
    const options = { ...this.#options, oracle: false };
    const copy = new Run(this.#grid, this.#account.clone(), options, null, this.#limit.clone());
    copy.#planner.learnFrom(this.#planner);
    copy.#wire.continueFrom(this.#wire);
    if (copy.#screen && this.#screen) copy.#screen.even = this.#screen.even;
    copy.#step = this.#step;
    copy.#lastReductionAt = this.#lastReductionAt;
    copy.#lastHarvestAt = this.#lastHarvestAt;
    copy.#helplessUntil = this.#helplessUntil;
    return copy;
  }

  force(marginFactor: number): boolean {
    const { settings } = this.#options;
    if (!settings) return false;
    const wanted = settings.liquidation.safety_margin_multiplier * marginFactor;
    const multiplier = Math.min(MULTIPLIER_MAX, wanted);
    const liquidation = { ...settings.liquidation, safety_margin_multiplier: multiplier };
    const plan = planDeleverage(this.#book(), { ...settings, liquidation });
    const least = settings.thresholds.min_adjustment_usdt;
    if (!plan || plan.shortfallUsd.lt(least)) return false;
    return this.#sendReductions(plan.reductions);
  }

  /** Routine moves at the start of a minute, then whether the rest of it may be passed over. */
  #isQuietMinute(): boolean {
    if (this.#screen) this.#scheduled(this.#screen);
    if (!this.#wire.isIdle || this.#watcher) return false;
    const { lows, highs } = this.#grid;
    return this.#isQuiet(lows, highs, (this.#step / STEPS_PER_MINUTE) * this.#pairs);
  }

  #look(): void {
    if (!this.#wire.isIdle) this.#wire.advance(this.#now, this.#priceAt);
    this.#liquidate();
    this.#oracle?.judge(this.#step, this.#account);
    if (this.#weighs || this.#reduces) this.#urge();
    if (this.#screen) this.#rescue(this.#screen);
    this.#watcher?.(this.#step, this.#account, this.#screen?.even ?? 0);
  }

  /** Moments at which a plan was allowed and none was made. */
  #remember(): void {
    const cooldown = this.#options.settings?.liquidation.cooldown_seconds ?? 0;
    if (!this.#oracle || !mayReduceNow(this.#lastReductionAt, cooldown, this.#now)) return;
    this.#oracle.remember(this.#step, () => this.fork());
  }

  /** Measures and weighs the present fall of every position, as production does on each mark. */
  #urge(): void {
    const account = this.#account;
    const evenPct = (this.#screen?.even ?? 0) * 100;
    for (let i = 0; i < account.count; i += 1) {
      const side = Math.sign(account.amounts[i] ?? 0);
      if (side === 0) continue;
      const at = { step: this.#step, column: account.columns[i] ?? 0, side };
      if (this.#reduces) account.falls[i] = fallOf(this.#grid, at, FALL_STEPS);
      if (!this.#weighs) continue;
      const lostPct = fallOf(this.#grid, at, URGENCY_STEPS);
      account.weights[i] = urgentWeight(account.ownWeights[i] ?? 1, lostPct, evenPct);
    }
  }

  #isQuiet(lows: Float64Array, highs: Float64Array, base: number): boolean {
    const { settings } = this.#options;
    if (this.#screen && settings) {
      const watched = this.#reduces ? { before: Math.max(0, base - this.#pairs) } : null;
      return this.#screen.isQuiet(lows, highs, base, watched);
    }
    const account = this.#account;
    for (let i = 0; i < account.count; i += 1) {
      const amount = account.amounts[i] ?? 0;
      if (amount === 0) continue;
      const worst = (amount > 0 ? lows : highs)[base + (account.columns[i] ?? 0)] ?? 0;
      if (account.roomUsd(i, worst) <= 0) return false;
    }
    return true;
  }

  get #lastStep(): number {
    return this.#grid.minutes * STEPS_PER_MINUTE;
  }

  get #isGoingOn(): boolean {
    return this.#account.isAlive || !this.#wire.isIdle;
  }

  get #now(): number {
    return this.#step * STEP_MS;
  }

  get #base(): number {
    return this.#step * this.#pairs;
  }

  #liquidate(): void {
    const account = this.#account;
    const { prices } = this.#grid;
    const base = this.#base;
    for (let i = 0; i < account.count; i += 1) {
      if ((account.amounts[i] ?? 0) === 0) continue;
      if (account.roomUsd(i, prices[base + (account.columns[i] ?? 0)] ?? 0) > 0) continue;
      account.liquidate(i);
    }
  }

  #scheduled(screen: Screen): void {
    const { settings } = this.#options;
    if (!settings || !this.#wire.isIdle) return;
    screen.mayEndanger(this.#grid.prices, this.#base);
    this.#harvest(screen, settings);
    this.#planner.forgetMinimums();
    if (!screen.mayRebalance(this.#grid.prices, this.#base)) return;
    const plan = decideRebalance(this.#book(), settings);
    this.#send(plan.adjustments, 'scheduled');
  }

  #rescue(screen: Screen): void {
    const { settings } = this.#options;
    if (!settings) return;
    if (screen.mayEndanger(this.#grid.prices, this.#base)) {
      let book: Book | null = null;
      for (const i of screen.nearestFirst()) {
        if (this.#wire.busy[i] === 1) continue;
        if (this.#wire.isIdle && !screen.mayHelp(i)) continue;
        const symbol = this.#planner.symbolOf(i);
        book ??= this.#book();
        const wanted = symbol ? planEmergency(book, symbol, settings) : null;
        const left = this.#limit.left(this.#now);
        const plan = wanted && thriftyRescue(wanted, left, book.availableExact);
        if (!plan?.receiver) continue;
        book = null;
        this.#wire.dropRoutine(this.#now);
        this.#send([...plan.donors, plan.receiver], 'emergency');
      }
    }
    this.#harvest(screen, settings);
    if (settings.liquidation.enabled) this.#reduce(screen, settings);
  }

  #harvest(screen: Screen, settings: BalancerSettings): void {
    const now = this.#now;
    const { mode, below_distance_pct: belowPct, cooldown_seconds: cooldown } = settings.harvest;
    if (mode === 'off' || screen.even * 100 >= belowPct * (1 + HARVEST_NOISE)) return;
    if (!mayReduceNow(this.#lastHarvestAt, cooldown, now)) return;
    const plan = planHarvest(this.#book(), settings);
    if (!plan) return;
    this.#lastHarvestAt = now;
    for (const move of plan.moves) {
      const i = this.#planner.indexOf(move.symbol);
      if (this.#wire.busy[i] === 1) continue;
      const closing = approveClosing(move);
      if (!closing) continue;
      const quantity = closing.quantity.toNumber();
      const writes: Write[] = [{ kind: 'close', i, quantity }];
      const marginCents = Math.round(move.collateralUsd.toNumber() * CENTS);
      const side = move.side === 'long' ? 1 : -1;
      if (plan.mode === 'roll') writes.push({ kind: 'reopen', i, side, quantity, marginCents });
      this.#wire.dropRoutine(now);
      this.#wire.send(writes, now, { routine: false, readMs: 0 });
    }
  }

  #reduce(screen: Screen, settings: BalancerSettings): void {
    const now = this.#now;
    const { cooldown_seconds: cooldown } = settings.liquidation;
    if (now < this.#helplessUntil || !mayReduceNow(this.#lastReductionAt, cooldown, now)) return;
    const least = settings.thresholds.min_adjustment_usdt;
    if (screen.shortfallUsd(this.#grid.prices, this.#base) < least) return;
    const plan = planDeleverage(this.#book(), settings);
    if (!plan || plan.reductions.length === 0) {
      this.#helplessUntil = now + cooldown * SECOND_MS;
      return;
    }
    this.#sendReductions(plan.reductions);
  }

  /** @returns whether there was anything to send. */
  #sendReductions(reductions: readonly Reduction[]): boolean {
    const now = this.#now;
    const writes: Write[] = [];
    for (const reduction of reductions) {
      const i = this.#planner.indexOf(reduction.symbol);
      const closing = this.#wire.busy[i] === 1 ? null : approveClosing(reduction);
      if (closing) writes.push({ kind: 'close', i, quantity: closing.quantity.toNumber() });
    }
    if (writes.length === 0) return false;
    this.#lastReductionAt = now;
    this.#wire.send(writes, now, { routine: false, readMs: this.#options.latencyMs });
    return true;
  }

  #book() {
    return this.#planner.book({
      prices: this.#grid.prices,
      base: this.#base,
      busy: this.#wire.isIdle ? null : this.#wire.busy,
      availableCents: this.#wire.availableCents,
    });
  }

  #send(moves: readonly Adjustment[], trigger: 'scheduled' | 'emergency'): void {
    const writes: Write[] = [];
    for (const move of moves) {
      const action = approveMove(move, trigger);
      if (!action) continue;
      const i = this.#planner.indexOf(action.symbol);
      const from = this.#account.collateral[i] ?? 0;
      writes.push({ kind: 'collateral', i, from, to: Math.round(action.toUsd.toNumber() * CENTS) });
    }
    if (writes.length === 0) return;
    const routine = trigger === 'scheduled';
    this.#wire.send(writes, this.#now, { routine, readMs: 0 });
  }

  #priceBetween(i: number, at: number): number {
    const { prices } = this.#grid;
    const column = this.#account.columns[i] ?? 0;
    const step = Math.max(0, this.#step - 1);
    const from = prices[step * this.#pairs + column] ?? 0;
    const to = prices[this.#base + column] ?? from;
    const share = Math.min(1, Math.max(0, (at - step * STEP_MS) / STEP_MS));
    return from + (to - from) * share;
  }
}
