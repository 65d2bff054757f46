import type { WorldRules } from '../../../src/sim/exchange/core/index.ts';
import { createWorld, type World, type WorldEvent } from '../../../src/sim/exchange/index.ts';
import { type Contract, contractOf, type Market } from '../../../src/sim/market/index.ts';

/** Prices that move only when a test sets them; they count from the next step on. */
export class StillMarket implements Market {
  readonly contracts: readonly Contract[];
  readonly stepMs = 1_000;
  readonly prices: Float64Array;
  readonly volumes: Float64Array;
  at: number;

  constructor(prices: Readonly<Record<string, number>>, startAt = Date.UTC(2026, 0, 5, 12)) {
    this.contracts = Object.entries(prices).map(([base, price]) => contractOf(base, price));
    this.prices = Float64Array.from(Object.values(prices));
    this.volumes = new Float64Array(this.prices.length);
    this.at = startAt;
  }

  step(): void {
    this.at += this.stepMs;
  }
}

export interface StillWorld {
  readonly world: World;
  readonly market: StillMarket;
  readonly events: WorldEvent[];
}

/** A world without costs unless a test wants them, so that figures can be worked out by hand. */
export function stillWorld(
  prices: Readonly<Record<string, number>> = { BTC: 100_000, SOL: 200, ETH: 4_000 },
  rules: Partial<WorldRules> = {},
): StillWorld {
  const market = new StillMarket(prices);
  const events: WorldEvent[] = [];
  const world = createWorld({
    market,
    seed: 1,
    rules: { takerFeeRate: 0, spreadRate: 0, impactRate: 0, ...rules },
    emit: (event) => events.push(event),
  });
  return { world, market, events };
}

export const BTC = 0;
export const SOL = 1;
export const ETH = 2;
