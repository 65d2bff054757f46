/** Prices of a seed: a generated path with events drawn beforehand, kept so it can be run again. */
import { MINUTE_MS } from '../../core/time.ts';
import {
  type Contract,
  GeneratedMarket,
  type Market,
  type Prng,
  type Scenario,
  Shocks,
} from '../market/index.ts';
import { priceScale } from '../market/market.ts';

export interface MarketEvent {
  readonly at: number;
  readonly contract: number | 'all';
  /** What the price moves, as a fraction. */
  readonly fraction: number;
  readonly durationMs: number;
}

export const STEP_MS = 2_000;

export class EventfulMarket implements Market {
  readonly contracts: readonly Contract[];
  readonly stepMs = STEP_MS;
  readonly prices: Float64Array;
  readonly volumes: Float64Array;
  /** Every step's prices since `record` was called. */
  readonly path: Float64Array[] = [];
  readonly #inner: GeneratedMarket;
  readonly #events: readonly MarketEvent[];
  readonly #shocks: Shocks;
  readonly #scales: Float64Array;
  #next = 0;
  #isRecording = false;

  constructor(options: {
    readonly contracts: readonly Contract[];
    readonly random: Prng;
    readonly scenario: Scenario;
    readonly startAt: number;
    readonly events: readonly MarketEvent[];
  }) {
    const { contracts, random: prng, scenario, startAt } = options;
    this.contracts = contracts;
    this.#inner = new GeneratedMarket({ contracts, prng, scenario, startAt, stepMs: STEP_MS });
    this.#events = [...options.events].sort((a, b) => a.at - b.at);
    this.#shocks = new Shocks(contracts.length);
    this.prices = Float64Array.from(this.#inner.prices);
    this.volumes = this.#inner.volumes;
    this.#scales = Float64Array.from(contracts, ({ startPrice }) => priceScale(startPrice));
  }

  get at(): number {
    return this.#inner.at;
  }

  /** True while an event is under way, or was until a few minutes ago. */
  isViolent(at: number): boolean {
    return this.#events.some(
      (event) => at >= event.at && at < event.at + event.durationMs + 3 * MINUTE_MS,
    );
  }

  record(): void {
    this.#isRecording = true;
  }

  step(): void {
    this.#inner.step();
    for (let due = this.#events[this.#next]; due && due.at <= this.at; ) {
      this.#shocks.add(due.contract, due.fraction, due.durationMs / STEP_MS);
      this.#next += 1;
      due = this.#events[this.#next];
    }
    this.#shocks.step();
    const { factors } = this.#shocks;
    for (let i = 0; i < this.prices.length; i += 1) {
      const price = (this.#inner.prices[i] ?? 0) * (factors[i] ?? 1);
      const scale = this.#scales[i] ?? 1;
      this.prices[i] = Math.round(price * scale) / scale;
    }
    if (this.#isRecording) this.path.push(Float64Array.from(this.prices));
  }
}

/** The same prices once more. */
export class ReplayedMarket implements Market {
  readonly contracts: readonly Contract[];
  readonly stepMs = STEP_MS;
  readonly prices: Float64Array;
  readonly volumes: Float64Array;
  readonly #path: readonly Float64Array[];
  readonly isViolent: (at: number) => boolean;
  #step = 0;
  #at: number;

  constructor(source: EventfulMarket, startAt: number, startPrices: Float64Array) {
    this.contracts = source.contracts;
    this.#path = source.path;
    this.#at = startAt;
    this.isViolent = (at) => source.isViolent(at);
    this.prices = Float64Array.from(startPrices);
    this.volumes = new Float64Array(source.contracts.length).fill(1);
  }

  get at(): number {
    return this.#at;
  }

  step(): void {
    this.#at += STEP_MS;
    const prices = this.#path[this.#step];
    if (prices) this.prices.set(prices);
    this.#step += 1;
  }
}

/** Moves of single contracts and of all, most of which come back after a while. */
export function drawEvents(options: {
  readonly random: Prng;
  readonly contracts: number;
  readonly fromAt: number;
  readonly untilAt: number;
  readonly perHour: number;
  readonly strength: number;
}): MarketEvent[] {
  const { random, contracts, fromAt, untilAt, strength } = options;
  const events: MarketEvent[] = [];
  const meanMs = (60 * MINUTE_MS) / options.perHour;
  const nextAt = (at: number): number => at - meanMs * Math.log(1 - 0.999 * random.next());
  for (let at = nextAt(fromAt); at < untilAt; at = nextAt(at)) {
    const isAll = random.next() < 0.3;
    const contract = isAll ? 'all' : Math.floor(random.next() * contracts);
    const most = strength * (isAll ? 0.03 : 0.08);
    const fraction = (random.next() < 0.5 ? -1 : 1) * random.between(0.2, 1) * most;
    const durationMs = random.between(0.5, 8) * MINUTE_MS;
    events.push({ at, contract, fraction, durationMs });
    if (random.next() < 0.85) {
      const back = 1 / (1 + fraction) - 1;
      const backAt = at + durationMs + random.between(2, 20) * MINUTE_MS;
      events.push({ at: backAt, contract, fraction: back, durationMs: 2 * durationMs });
    }
  }
  return events;
}
