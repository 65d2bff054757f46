/**
 * A market made from a seed. Returns are BTC's return times beta plus an own part; both draw from
 * Student's t, and the variance of each follows a GARCH(1,1) recursion, so that calm and violent
 * spells cluster. The scenario adds its drift to BTC.
 */
import { DAY_MS, MINUTE_MS } from '../../core/time.ts';
import type { Contract } from './contracts.ts';
import { type Market, priceScale } from './market.ts';
import type { Prng } from './prng.ts';
import { type Scenario, ScenarioPath } from './scenario.ts';

/** Standard deviation of BTC's daily return. */
const BTC_DAILY_VOLATILITY = 0.028;
/** GARCH per second: how much of the last squared draw enters, and how slowly variance forgets. */
const GARCH_ALPHA = 0.012;
const GARCH_FORGETS_PER_SECOND = 0.0006;
const VARIANCE_MAX = 25;
/** USD traded per second and USD of depth while nothing happens. */
const TURNOVER_PER_SECOND = 0.0004;

export interface GeneratedMarketOptions {
  readonly contracts: readonly Contract[];
  readonly prng: Prng;
  readonly scenario: Scenario;
  /** See `ScenarioPath`; 1 when not given. */
  readonly pace?: number;
  readonly startAt: number;
  readonly stepMs: number;
}

export class GeneratedMarket implements Market {
  readonly contracts: readonly Contract[];
  readonly stepMs: number;
  readonly prices: Float64Array;
  readonly volumes: Float64Array;
  readonly #prng: Prng;
  readonly #path: ScenarioPath;
  readonly #startAt: number;
  readonly #betas: Float64Array;
  readonly #ownStep: Float64Array;
  readonly #variances: Float64Array;
  readonly #scales: Float64Array;
  readonly #turnover: Float64Array;
  readonly #btcStep: number;
  readonly #alpha: number;
  readonly #forgets: number;
  #btcVariance = 1;
  #at: number;

  constructor(options: GeneratedMarketOptions) {
    const { contracts, stepMs } = options;
    this.contracts = contracts;
    this.stepMs = stepMs;
    this.#prng = options.prng;
    this.#path = new ScenarioPath(options.scenario, options.pace);
    this.#startAt = options.startAt;
    this.#at = options.startAt;
    const dayShare = Math.sqrt(stepMs / DAY_MS);
    this.#btcStep = BTC_DAILY_VOLATILITY * dayShare;
    this.#forgets = 1 - (1 - GARCH_FORGETS_PER_SECOND) ** (stepMs / 1_000);
    this.#alpha = Math.min(GARCH_ALPHA * Math.sqrt(stepMs / 1_000), 0.3 * (1 - this.#forgets));
    this.prices = Float64Array.from(contracts, ({ startPrice }) => startPrice);
    this.volumes = new Float64Array(contracts.length);
    this.#betas = Float64Array.from(contracts, ({ beta }) => beta);
    this.#ownStep = Float64Array.from(contracts, (c) => c.ownVolatility * dayShare);
    this.#variances = new Float64Array(contracts.length).fill(1);
    this.#scales = Float64Array.from(contracts, ({ startPrice }) => priceScale(startPrice));
    this.#turnover = Float64Array.from(
      contracts,
      (c) => (c.depthUsd * TURNOVER_PER_SECOND * stepMs) / 1_000,
    );
  }

  get at(): number {
    return this.#at;
  }

  step(): void {
    const { driftPerMinute, volatility } = this.#path.at((this.#at - this.#startAt) / MINUTE_MS);
    this.#at += this.stepMs;
    const draw = this.#prng.fatTailed();
    const shock = this.#btcStep * Math.sqrt(this.#btcVariance) * volatility * draw;
    const btc = shock + (driftPerMinute * this.stepMs) / MINUTE_MS;
    this.#btcVariance = this.#nextVariance(this.#btcVariance, draw);
    const { prices, volumes } = this;
    for (let i = 0; i < prices.length; i += 1) {
      const own = this.#prng.fatTailed();
      const variance = this.#variances[i] ?? 1;
      const ownMove = (this.#ownStep[i] ?? 0) * Math.sqrt(variance) * volatility * own;
      this.#variances[i] = this.#nextVariance(variance, own);
      const scale = this.#scales[i] ?? 1;
      const next = (prices[i] ?? 0) * Math.exp((this.#betas[i] ?? 0) * btc + ownMove);
      const price = Math.round(next * scale) / scale;
      if (price > 0) prices[i] = price;
      volumes[i] = ((this.#turnover[i] ?? 0) * (0.5 + Math.abs(own))) / next;
    }
  }

  #nextVariance(variance: number, draw: number): number {
    const kept = 1 - this.#forgets - this.#alpha;
    const next = this.#forgets + (kept + this.#alpha * draw * draw) * variance;
    return Math.min(next, VARIANCE_MAX);
  }
}
