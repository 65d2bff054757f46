/**
 * The state of the simulated venue with one account. No socket, timer or clock in here: functions
 * of this folder change it, time comes in as a number, and what happened goes out through `emit`.
 */
import { type CandleBook, type Market, Prng, Shocks } from '../../market/index.ts';
import type {
  ClosedPosition,
  SimLiquidation,
  SimOrder,
  SimPosition,
  SimTrade,
  WorldEvent,
} from './records.ts';
import { type Purse, usdOf } from './units.ts';

export interface WorldRules {
  /** Fraction of the notional charged on each fill. */
  readonly takerFeeRate: number;
  /** Fraction of the price lost by the smallest market order. */
  readonly spreadRate: number;
  /** Further loss of an order as large as the contract's depth, as a fraction. */
  readonly impactRate: number;
  /** Whether unrealised profit lowers the least collateral of a position. */
  readonly profitLowersMin: boolean;
  readonly fundingIntervalMs: number;
}

export const USUAL_RULES: WorldRules = {
  takerFeeRate: 0.00065,
  spreadRate: 0.0002,
  impactRate: 0.01,
  profitLowersMin: false,
  fundingIntervalMs: 8 * 3_600_000,
};

/** Everybody who can hold money beside positions. The sum over all of them never changes. */
export interface Ledger {
  /** The account's free balance: AVAILABLE on the wire. */
  readonly free: Purse;
  readonly fees: Purse;
  readonly insurance: Purse;
  /** The other side of every trade and of funding. */
  readonly counterparty: Purse;
  /** Where deposits came from. */
  readonly outside: Purse;
}

export interface World {
  readonly market: Market;
  readonly rules: WorldRules;
  readonly shocks: Shocks;
  readonly random: Prng;
  /** What accounts are settled at, per contract; overwritten in place. */
  readonly marks: Float64Array;
  readonly fundingRates: Float64Array;
  readonly fundingAccrued: Float64Array;
  readonly ledger: Ledger;
  /** At most one position per contract. */
  readonly positions: Map<number, SimPosition>;
  readonly activeOrders: Map<number, SimOrder>;
  readonly orders: SimOrder[];
  readonly trades: SimTrade[];
  readonly closed: ClosedPosition[];
  readonly liquidations: SimLiquidation[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** Null where nobody asks for candles: simulations at full speed. */
  readonly candles: CandleBook | null;
  /** Market time in ms; what has been simulated lags it by less than a step. */
  now: number;
  nextFundingAt: number;
  nextId: number;
  /** Turns market time into the time shown on the wire. */
  readonly wireTime: (marketAt: number) => number;
  readonly emit: (event: WorldEvent) => void;
}

export interface WorldOptions {
  readonly market: Market;
  readonly seed: number;
  readonly rules?: Partial<WorldRules>;
  readonly candles?: CandleBook;
  readonly wireTime?: (marketAt: number) => number;
  readonly emit?: (event: WorldEvent) => void;
}

const FIRST_ID = 185_700_000;
const FUNDING_TYPICAL = 0.0001;

export function createWorld(options: WorldOptions): World {
  const { market } = options;
  const rules = { ...USUAL_RULES, ...options.rules };
  const random = new Prng(options.seed, 'world');
  const interval = rules.fundingIntervalMs;
  return {
    market,
    rules,
    random,
    shocks: new Shocks(market.contracts.length),
    marks: Float64Array.from(market.prices),
    fundingRates: Float64Array.from(market.prices, () => drawFundingRate(random)),
    fundingAccrued: new Float64Array(market.contracts.length),
    ledger: {
      free: { units: 0 },
      fees: { units: 0 },
      insurance: { units: 0 },
      counterparty: { units: 0 },
      outside: { units: 0 },
    },
    positions: new Map(),
    activeOrders: new Map(),
    orders: [],
    trades: [],
    closed: [],
    liquidations: [],
    indexOf: new Map(market.contracts.map(({ symbol }, index) => [symbol, index])),
    candles: options.candles ?? null,
    now: market.at,
    nextFundingAt: (Math.floor(market.at / interval) + 1) * interval,
    nextId: FIRST_ID,
    wireTime: options.wireTime ?? ((at) => at),
    emit: options.emit ?? (() => undefined),
  };
}

export function drawFundingRate(random: Prng): number {
  return Number((FUNDING_TYPICAL * (1 + 1.5 * random.normal())).toFixed(8));
}

export function markOf(world: World, index: number): number {
  return world.marks[index] ?? 0;
}

/** The time on the wire of what happens now. */
export function wireNow(world: World): number {
  return Math.round(world.wireTime(world.now));
}

export function takeId(world: World): number {
  world.nextId += 1;
  return world.nextId;
}

/** Keeps the newest: histories are asked for, not archived. */
export function remember<T>(list: T[], item: T, most = 10_000): void {
  list.push(item);
  if (list.length > most) list.splice(0, list.length - Math.floor(most * 0.9));
}

export interface AccountTotals {
  readonly availableUsd: number;
  readonly collateralUsd: number;
  /** Free balance and collateral: BALANCE on the wire. */
  readonly balanceUsd: number;
  readonly unrealizedPnlUsd: number;
  readonly equityUsd: number;
  readonly notionalUsd: number;
}

export function accountTotals(world: World): AccountTotals {
  let collateral = 0;
  let pnl = 0;
  let notional = 0;
  for (const position of world.positions.values()) {
    const mark = markOf(world, position.index);
    collateral += position.collateral.units;
    pnl += position.amount * (mark - position.entryPrice);
    notional += Math.abs(position.amount) * mark;
  }
  const balance = world.ledger.free.units + collateral;
  return {
    availableUsd: usdOf(world.ledger.free.units),
    collateralUsd: usdOf(collateral),
    balanceUsd: usdOf(balance),
    unrealizedPnlUsd: pnl,
    equityUsd: usdOf(balance) + pnl,
    notionalUsd: notional,
  };
}

/** Zero as long as no money is made or lost anywhere: the invariant of the whole simulator. */
export function moneyInWorld(world: World): number {
  let sum = 0;
  for (const purse of Object.values(world.ledger) as Purse[]) sum += purse.units;
  for (const { collateral } of world.positions.values()) sum += collateral.units;
  return sum;
}
