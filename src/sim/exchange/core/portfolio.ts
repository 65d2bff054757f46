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
  /** Notional by equity of the whole account; single positions lie around it. */
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
const NOTIONAL_SPREAD = 0.6;
/**
 * Core holdings are larger and on the side most of the book is on. Those with a high maintenance
 * rate make the account short while there is still room to act.
 */
const CORE_FACTOR: Readonly<Record<string, number>> = { BTC: 2, ETH: 2, SOL: 5, BNB: 5 };
/** Entries lie up to this share away from the price of now, mostly in profit. */
const ENTRY_LOSS_MAX = 0.012;
const ENTRY_GAIN_MAX = 0.02;
/** No position begins with less than this times the least that is allowed. */
const FLOOR_FACTOR = 1.25;
const EMPTY_BOOK_USD = 10_000;

export function makePortfolio(options: PortfolioOptions): Portfolio {
  const { contracts, positions, leverage, freeShare } = options;
  const chosen = contracts.slice(0, Math.min(positions, contracts.length));
  if (chosen.length === 0) return { entries: [], freeUsd: EMPTY_BOOK_USD };
  const sides = sidesOf(chosen, options);
  const drafts = chosen.map((contract, index) =>
    draftOf(contract, index, sides[index] ?? 1, options),
  );
  const equityUsd = sumOf(drafts, ({ notionalUsd }) => notionalUsd) / leverage;
  const freeUsd = Math.floor(equityUsd * freeShare);
  // What lies above the least collateral is stretched until the account has the wanted leverage.
  const leastUsd = sumOf(drafts, (draft) => draft.leastUsd);
  const aboveUsd = sumOf(drafts, (draft) => draft.aboveUsd);
  const pnlUsd = sumOf(drafts, (draft) => draft.pnlUsd);
  const stretch = Math.max(0, (equityUsd - freeUsd - pnlUsd - leastUsd) / aboveUsd);
  const entries = drafts.map((draft) => {
    const collateralUsd = Number((draft.leastUsd + stretch * draft.aboveUsd).toFixed(2));
    return { ...draft.exposure, index: draft.index, collateralUsd };
  });
  return { entries, freeUsd };
}

interface Draft {
  readonly index: number;
  readonly exposure: { readonly amount: number; readonly entryPrice: number };
  readonly notionalUsd: number;
  readonly pnlUsd: number;
  readonly leastUsd: number;
  readonly aboveUsd: number;
}

const sumOf = (drafts: readonly Draft[], value: (draft: Draft) => number): number =>
  drafts.reduce((sum, draft) => sum + value(draft), 0);

function draftOf(
  contract: Contract,
  index: number,
  side: number,
  { random, marks }: PortfolioOptions,
): Draft {
  const mark = marks[index] ?? contract.startPrice;
  const factor = CORE_FACTOR[contract.base] ?? 1;
  const wantedUsd = factor * NOTIONAL_TYPICAL_USD * Math.exp(NOTIONAL_SPREAD * random.normal());
  const steps = Math.max(2, Math.round(wantedUsd / mark / contract.minQuantity));
  const amount = side * Number((steps * contract.minQuantity).toPrecision(6));
  const gain = random.between(-ENTRY_LOSS_MAX, ENTRY_GAIN_MAX);
  const entryPrice = Number((mark * (1 - side * gain)).toPrecision(5));
  const exposure = { amount, entryPrice };
  const notionalUsd = Math.abs(amount) * mark;
  return {
    index,
    exposure,
    notionalUsd,
    pnlUsd: amount * (mark - entryPrice),
    leastUsd: FLOOR_FACTOR * collateralFloorUsd(exposure, contract, mark, false),
    aboveUsd: notionalUsd * 2 ** random.between(-1, 1),
  };
}

/** 1 for a long, −1 for a short. */
function sidesOf(chosen: readonly Contract[], { longShare, random }: PortfolioOptions): number[] {
  const major = longShare >= 0.5 ? 1 : -1;
  const isCore = ({ base }: Contract): boolean => CORE_FACTOR[base] !== undefined;
  const others = chosen.filter((contract) => !isCore(contract));
  const longs = Math.round(others.length * longShare);
  const drawn = shuffled(
    others.map((_, i) => (i < longs ? 1 : -1)),
    random,
  );
  return chosen.map((contract) => (isCore(contract) ? major : (drawn.pop() ?? major)));
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
