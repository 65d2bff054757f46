/** A believable book from a seed: many positions of different size, side, age and leverage. */

import type { Contract, Prng } from '../../market/index.ts';
import type { BookEntry } from './book.ts';
import { collateralFloorUsd } from './margin.ts';

export interface PortfolioOptions {
  readonly contracts: readonly Contract[];
  readonly marks: Float64Array;
  readonly positions: number;
  /** Share of positions that are long. */
  readonly longShare: number;
  /** Typical leverage; single positions lie between half and twice of it. */
  readonly leverage: number;
  /** Free balance as a share of the whole equity, below 1. */
  readonly freeShare: number;
  readonly random: Prng;
}

export interface Portfolio {
  readonly entries: readonly BookEntry[];
  readonly freeUsd: number;
}

const NOTIONAL_TYPICAL_USD = 18_000;
const NOTIONAL_SPREAD = 0.7;
/** Entries lie up to this share away from the price of now, mostly in profit. */
const ENTRY_LOSS_MAX = 0.012;
const ENTRY_GAIN_MAX = 0.02;
/** Collateral beyond the least that is allowed. */
const FLOOR_FACTOR = 1.25;

export function makePortfolio(options: PortfolioOptions): Portfolio {
  const { contracts, random, positions } = options;
  const chosen = contracts.slice(0, Math.min(positions, contracts.length));
  const longs = Math.round(chosen.length * options.longShare);
  const sides = shuffled(
    chosen.map((_, i) => (i < longs ? 1 : -1)),
    random,
  );
  const entries = chosen.map((contract, index) =>
    entryOf(contract, index, sides[index] ?? 1, options),
  );
  const equity = entries.reduce(
    (sum, { amount, entryPrice, collateralUsd, index }) =>
      sum + collateralUsd + amount * ((options.marks[index] ?? entryPrice) - entryPrice),
    0,
  );
  const freeUsd = Math.floor((equity * options.freeShare) / (1 - options.freeShare));
  return { entries, freeUsd: chosen.length === 0 ? 10_000 : freeUsd };
}

function entryOf(
  contract: Contract,
  index: number,
  side: number,
  { random, marks, leverage }: PortfolioOptions,
): BookEntry {
  const mark = marks[index] ?? contract.startPrice;
  const notionalUsd = NOTIONAL_TYPICAL_USD * Math.exp(NOTIONAL_SPREAD * random.normal());
  const steps = Math.max(2, Math.round(notionalUsd / mark / contract.minQuantity));
  const amount = side * Number((steps * contract.minQuantity).toPrecision(6));
  const gain = random.between(-ENTRY_LOSS_MAX, ENTRY_GAIN_MAX);
  const entryPrice = Number((mark * (1 - side * gain)).toPrecision(5));
  const own = leverage * 2 ** random.between(-1, 1);
  const exposure = { amount, entryPrice };
  const leastUsd = FLOOR_FACTOR * collateralFloorUsd(exposure, contract, mark, false);
  const wantedUsd = (Math.abs(amount) * entryPrice) / own;
  const collateralUsd = Number(Math.max(wantedUsd, leastUsd).toFixed(2));
  return { index, amount, entryPrice, collateralUsd };
}

function shuffled<T>(items: T[], random: Prng): T[] {
  for (let i = items.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random.next() * (i + 1));
    const a = items[i];
    const b = items[j];
    if (a === undefined || b === undefined) continue;
    items[i] = b;
    items[j] = a;
  }
  return items;
}
