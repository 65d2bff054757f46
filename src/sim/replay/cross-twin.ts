/**
 * A cross-margin account that reduces by the same rule as the isolated one: the production planner,
 * shown one pool. It is short when what all positions should keep together (a multiple of their
 * maintenance, more while they fall) exceeds the pool and all unrealised results; caps, cool-down,
 * latency, fee and slippage are those of the others. The account is lost as a whole once
 * Σ maintenance reaches what it is worth.
 */
import { Decimal } from '../../core/decimal.ts';
import {
  type BalancerSettings,
  type Book,
  fallRoomUsd,
  type Leg,
  mayReduceNow,
  planDeleverage,
  type Reduction,
} from '../../systems/balancer/index.ts';
import { CENTS, type VenueRules } from './account.ts';
import { approveClosing } from './gate.ts';
import type { Funding, Portfolio } from './portfolio.ts';
import { FALL_STEPS, fallOf, type PriceGrid, STEP_MS, STEPS_PER_MINUTE } from './price-grid.ts';
import type { RunOptions, RunResult } from './run.ts';
import { WriteLimit } from './write-limit.ts';

/** The planner wants rates below 1; a coin that fell that far counts as if at this one. */
const RATE_MAX = 0.99;
const NEVER = Number.POSITIVE_INFINITY;

interface Order {
  readonly i: number;
  readonly quantity: number;
  readonly arrivesAt: number;
}

export class CrossTwin {
  readonly #grid: PriceGrid;
  readonly #portfolio: Portfolio;
  readonly #rules: VenueRules;
  readonly #options: RunOptions;
  readonly #settings: BalancerSettings;
  readonly #limit: WriteLimit;
  readonly #amounts: Float64Array;
  readonly #symbols: Map<string, number>;
  /** Free balance and all that was put in or realised; unrealised results come on top. */
  #poolUsd: number;
  #orders: Order[] = [];
  #step = 0;
  #lastReductionAt: number | null = null;
  #reductions = 0;
  #liquidated = 0;
  #liquidatedUsd = 0;

  constructor(
    grid: PriceGrid,
    portfolio: Portfolio,
    funding: Funding,
    rules: VenueRules,
    options: RunOptions & { readonly settings: BalancerSettings },
  ) {
    this.#grid = grid;
    this.#portfolio = portfolio;
    this.#rules = rules;
    this.#options = options;
    this.#settings = options.settings;
    this.#limit = new WriteLimit(options.writesPerMinute);
    this.#amounts = Float64Array.from(portfolio.holdings, ({ amount }) => amount);
    this.#symbols = new Map(portfolio.holdings.map(({ contract }, i) => [contract.symbol, i]));
    const cents = funding.collateralCents.reduce((sum, held) => sum + held, funding.freeCents);
    this.#poolUsd = cents / CENTS;
  }

  run(): RunResult {
    const steps = this.#grid.minutes * STEPS_PER_MINUTE;
    while (this.#step < steps && this.#amounts.some((amount) => amount !== 0)) {
      this.#step += 1;
      this.#arrivals();
      if (this.#worthUsd() <= this.#maintenanceUsd()) this.#lose();
      else this.#reduce();
    }
    return {
      liquidations: this.#liquidated,
      liquidatedUsd: this.#liquidatedUsd,
      equityUsd: this.#worthUsd(),
      hours: this.#step / STEPS_PER_MINUTE / 60,
      writes: this.#limit.count,
      worstMinute: this.#limit.worstMinute,
      topUps: 0,
      reductions: this.#reductions,
      rolls: 0,
      avoidable: null,
      avoidableEarlier: null,
    };
  }

  get #now(): number {
    return this.#step * STEP_MS;
  }

  #price(i: number, step = this.#step): number {
    const pair = this.#portfolio.holdings[i]?.pair ?? 0;
    return this.#grid.prices[step * this.#grid.bases.length + pair] ?? 0;
  }

  /** What the account would hold if everything were closed at the mark. */
  #worthUsd(): number {
    let usd = this.#poolUsd;
    for (const [i, { entryPrice }] of this.#portfolio.holdings.entries()) {
      usd += (this.#amounts[i] ?? 0) * (this.#price(i) - entryPrice);
    }
    return usd;
  }

  #maintenanceUsd(): number {
    let usd = 0;
    for (const [i, { contract, entryPrice }] of this.#portfolio.holdings.entries()) {
      usd += contract.maintenanceRate * Math.abs(this.#amounts[i] ?? 0) * entryPrice;
    }
    return usd;
  }

  /** A lost account is worth nothing. */
  #lose(): void {
    for (const [i, { entryPrice }] of this.#portfolio.holdings.entries()) {
      const held = Math.abs(this.#amounts[i] ?? 0);
      if (held === 0) continue;
      this.#liquidated += 1;
      this.#liquidatedUsd += held * entryPrice;
    }
    this.#amounts.fill(0);
    this.#poolUsd = 0;
    this.#orders = [];
  }

  #reduce(): void {
    const { liquidation, thresholds } = this.#settings;
    if (this.#orders.length > 0) return;
    if (!mayReduceNow(this.#lastReductionAt, liquidation.cooldown_seconds, this.#now)) return;
    if (this.#shortUsd() < thresholds.min_adjustment_usdt) return;
    const plan = planDeleverage(this.#book(), this.#settings);
    if (!plan || plan.reductions.length === 0) return;
    this.#lastReductionAt = this.#now;
    this.#send(plan.reductions);
  }

  /** The planner's shortfall of `#book`, without the cost of making one. */
  #shortUsd(): number {
    const { liquidation } = this.#settings;
    let short = -this.#worthUsd();
    for (const [i, { contract, entryPrice }] of this.#portfolio.holdings.entries()) {
      const quantity = Math.abs(this.#amounts[i] ?? 0);
      if (quantity === 0) continue;
      const maintenance = contract.maintenanceRate * quantity * entryPrice;
      const room = fallRoomUsd(quantity * this.#price(i), this.#fallPct(i), liquidation);
      const wanted = maintenance * liquidation.safety_margin_multiplier;
      short += Math.max(wanted, maintenance + room);
    }
    return short;
  }

  /** Each order is read for, then sent, as the isolated account's are. */
  #send(reductions: readonly Reduction[]): void {
    const { latencyMs, serial } = this.#options;
    let readyAt = this.#now;
    for (const reduction of reductions) {
      const closing = approveClosing(reduction);
      const i = this.#symbols.get(reduction.symbol);
      if (!closing || i === undefined) continue;
      const arrivesAt = this.#limit.reserve(readyAt + latencyMs) + latencyMs;
      if (serial) readyAt = arrivesAt;
      this.#orders.push({ i, quantity: closing.quantity.toNumber(), arrivesAt });
    }
  }

  #arrivals(): void {
    const due = this.#orders.filter(({ arrivesAt }) => arrivesAt <= this.#now);
    if (due.length === 0) return;
    this.#orders = this.#orders.filter(({ arrivesAt }) => arrivesAt > this.#now);
    for (const order of due) this.#close(order);
  }

  #close({ i, quantity, arrivesAt }: Order): void {
    const amount = this.#amounts[i] ?? 0;
    const entry = this.#portfolio.holdings[i]?.entryPrice ?? 0;
    const before = this.#price(i, this.#step - 1);
    const share = Math.max(0, arrivesAt / STEP_MS - (this.#step - 1));
    const price = before + (this.#price(i) - before) * share;
    const closed = Math.min(quantity, Math.abs(amount));
    const { takerFeeRate, slippageRate } = this.#rules;
    const costUsd = Math.ceil((takerFeeRate + slippageRate) * closed * price * CENTS) / CENTS;
    this.#poolUsd += Math.sign(amount) * closed * (price - entry) - costUsd;
    const rest = Math.round((Math.abs(amount) - closed) * 1e8) / 1e8;
    this.#amounts[i] = Math.sign(amount) * rest;
    this.#reductions += 1;
  }

  /**
   * The account as the planner would see it if every result were realised at the mark, which is
   * what cross margin amounts to: one balance, no collateral, the same maintenance.
   */
  #book(): Book {
    const legs = this.#portfolio.holdings.flatMap((_, i) => this.#leg(i) ?? []);
    const availableExact = new Decimal(this.#worthUsd());
    return { legs, availableExact, availableUsd: availableExact.toNumber() };
  }

  #fallPct(i: number): number {
    const column = this.#portfolio.holdings[i]?.pair ?? 0;
    const at = { step: this.#step, column, side: Math.sign(this.#amounts[i] ?? 0) };
    return fallOf(this.#grid, at, FALL_STEPS);
  }

  #leg(i: number): Leg | null {
    const holding = this.#portfolio.holdings[i];
    const amount = this.#amounts[i] ?? 0;
    if (!holding || amount === 0) return null;
    const { contract, entryPrice, weight, priority } = holding;
    const mark = this.#price(i);
    const quantity = Math.abs(amount);
    return {
      symbol: contract.symbol,
      positionId: `p${i}`,
      direction: amount > 0 ? 1 : -1,
      quantity,
      quantityExact: new Decimal(quantity),
      entryPrice: mark,
      markPrice: mark,
      collateralUsd: 0,
      collateralExact: new Decimal(0),
      minUsd: 0,
      maxUsd: NEVER,
      maintenanceRate: Math.min(RATE_MAX, (contract.maintenanceRate * entryPrice) / mark),
      liquidationPrice: null,
      weight,
      weightSource: 'configured',
      fallPct: this.#fallPct(i),
      priority,
      minQuantity: contract.minQuantity,
    };
  }
}
