/** Random portfolios from a seed: the same ones for every policy and every leverage. */
import { type Contract, contractOf, Prng } from '../market/index.ts';
import type { PriceGrid } from './price-grid.ts';

export const BIASES = ['neutral', 'mixed', 'long'] as const;
/**
 * `neutral`: as much short as long; `mixed`: every portfolio has a long share of its own, from
 * hedged to one-sided; `long`: four fifths or more are long.
 */
export type Bias = (typeof BIASES)[number];

export interface Holding {
  /** Column of the price grid. */
  readonly pair: number;
  readonly contract: Contract;
  /** Base units, positive for a long. */
  readonly amount: number;
  readonly entryPrice: number;
  /** At the entry, USD. */
  readonly notionalUsd: number;
  /** Risk weight, BTC = 1. */
  readonly weight: number;
  /** Higher survives longer. */
  readonly priority: number;
}

export interface Portfolio {
  readonly holdings: readonly Holding[];
  readonly notionalUsd: number;
}

/** Free balance as a share of the account's equity. */
const FREE_SHARE = 0.1;
const POSITIONS_MIN = 8;
const POSITIONS_MAX = 20;
const NOTIONAL_MIN_USD = 10_000;
const NOTIONAL_SPREAD = 10;
const AMOUNT_DIGITS = 6;
const CENTS = 100;
/** The requirements' default: nobody has ranked the positions. */
const PRIORITY = 50;

/** @param index which of the portfolios of this seed, window and bias. */
export function portfolioOf(grid: PriceGrid, bias: Bias, seed: number, index: number): Portfolio {
  const random = new Prng(seed, `replay/${grid.window}/${bias}/${index}`);
  const pairs = shuffled(grid.bases.length, random);
  const span = POSITIONS_MAX - POSITIONS_MIN + 1;
  const wanted = POSITIONS_MIN + Math.floor(random.next() * span);
  const chosen = pairs.slice(0, wanted);
  const longShare = longShareOf(bias, random);
  const drafts = chosen.map((pair) => ({
    pair,
    side: random.next() < longShare ? 1 : -1,
    notionalUsd: NOTIONAL_MIN_USD * NOTIONAL_SPREAD ** random.next(),
  }));
  if (bias === 'neutral') hedge(drafts);
  const holdings = drafts.map(({ pair, side, notionalUsd }) => {
    const entryPrice = grid.prices[pair] ?? 0;
    const contract = contractOf(grid.bases[pair] ?? '', entryPrice);
    const quantity = Number((notionalUsd / entryPrice).toPrecision(AMOUNT_DIGITS));
    return {
      pair,
      contract,
      amount: side * quantity,
      entryPrice,
      notionalUsd: quantity * entryPrice,
      weight: weightOf(contract),
      priority: PRIORITY,
    };
  });
  const notionalUsd = holdings.reduce((sum, holding) => sum + holding.notionalUsd, 0);
  return { holdings, notionalUsd };
}

export interface Funding {
  /** Whole cents per holding. */
  readonly collateralCents: readonly number[];
  readonly freeCents: number;
}

/** Collateral of one leverage: notional / leverage each, and a tenth of the equity free. */
export function fundingOf({ holdings }: Portfolio, leverage: number): Funding {
  const collateralCents = holdings.map((holding) => {
    const least = holding.contract.initialRate * holding.notionalUsd;
    return Math.ceil(Math.max(least, holding.notionalUsd / leverage) * CENTS);
  });
  const sum = collateralCents.reduce((total, cents) => total + cents, 0);
  return { collateralCents, freeCents: Math.round((sum * FREE_SHARE) / (1 - FREE_SHARE)) };
}

/**
 * σ(coin) / σ(BTC) of the seeded model's table, not of the window: a window holds no days before
 * itself, and days inside it are not known yet.
 */
function weightOf({ beta, ownVolatility }: Contract): number {
  return Math.round(100 * Math.hypot(beta, ownVolatility / BTC_DAILY_VOLATILITY)) / 100;
}

const BTC_DAILY_VOLATILITY = 0.028;

function longShareOf(bias: Bias, random: Prng): number {
  switch (bias) {
    case 'neutral':
      return 0.5;
    case 'mixed':
      return random.next();
    case 'long':
      return random.between(0.8, 1);
  }
}

/** Both sides get the same notional; a portfolio of one side only has its first half turned. */
function hedge(drafts: { side: number; notionalUsd: number }[]): void {
  const isOneSided = drafts.every(({ side }) => side === drafts[0]?.side);
  if (isOneSided) {
    for (const draft of drafts.slice(0, drafts.length >>> 1)) draft.side = -draft.side;
  }
  const sumOf = (wanted: number): number =>
    drafts.reduce((sum, { side, notionalUsd }) => sum + (side === wanted ? notionalUsd : 0), 0);
  const half = (sumOf(1) + sumOf(-1)) / 2;
  const factors = { long: half / sumOf(1), short: half / sumOf(-1) };
  for (const draft of drafts) {
    draft.notionalUsd *= draft.side === 1 ? factors.long : factors.short;
  }
}

function shuffled(count: number, random: Prng): number[] {
  const items = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i -= 1) {
    const j = Math.floor(random.next() * (i + 1));
    const a = items[i] ?? 0;
    items[i] = items[j] ?? 0;
    items[j] = a;
  }
  return items;
}
