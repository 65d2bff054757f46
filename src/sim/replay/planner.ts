/** Shows the simulated account to the production deciders. */
import { Decimal } from '../../core/decimal.ts';
import type { PerpSymbol } from '../../core/symbol.ts';
import type { Book, Leg } from '../../systems/balancer/index.ts';
import { type Account, CENTS } from './account.ts';

type FixedPart = Pick<
  Leg,
  | 'symbol'
  | 'positionId'
  | 'direction'
  | 'quantity'
  | 'quantityExact'
  | 'entryPrice'
  | 'maintenanceRate'
  | 'weight'
  | 'priority'
  | 'minQuantity'
>;

export interface View {
  readonly prices: Float64Array;
  /** Where the step's prices begin. */
  readonly base: number;
  /** Legs with a write under way stay as they are; 1 for yes. Null for none. */
  readonly busy: Uint8Array | null;
  readonly availableCents: number;
}

export class Planner {
  readonly #account: Account;
  readonly #indices = new Map<PerpSymbol, number>();
  readonly #learned: Float64Array;
  #fixed: readonly (FixedPart | null)[] = [];
  #version = -1;
  readonly #exacts: Decimal[] = [];
  readonly #exactCents: Float64Array;

  constructor(account: Account) {
    this.#account = account;
    this.#learned = new Float64Array(account.count);
    this.#exactCents = new Float64Array(account.count).fill(-1);
    account.portfolio.holdings.forEach(({ contract }, i) => {
      this.#indices.set(contract.symbol, i);
    });
  }

  indexOf(symbol: PerpSymbol): number {
    return this.#indices.get(symbol) ?? -1;
  }

  symbolOf(i: number): PerpSymbol | undefined {
    return this.#account.portfolio.holdings[i]?.contract.symbol;
  }

  /** The venue refused to lower a position below this: true until the next scheduled read. */
  learnMinimum(i: number, cents: number): void {
    this.#learned[i] = cents;
  }

  forgetMinimums(): void {
    this.#learned.fill(0);
  }

  /** Knows of the venue's limits what another one has learned. */
  learnFrom(other: Planner): void {
    this.#learned.set(other.#learned);
  }

  book({ prices, base, busy, availableCents }: View): Book {
    const { account, fixed } = this.#current();
    const legs: Leg[] = [];
    for (let i = 0; i < account.count; i += 1) {
      const part = fixed[i];
      if (!part) continue;
      const markPrice = prices[base + (account.columns[i] ?? 0)] ?? 0;
      const cents = account.collateral[i] ?? 0;
      const collateralUsd = cents / CENTS;
      const isBusy = busy !== null && busy[i] === 1;
      const minUsd = isBusy ? collateralUsd : this.#minUsd(i, markPrice, cents);
      legs.push({
        symbol: part.symbol,
        positionId: part.positionId,
        direction: part.direction,
        quantity: part.quantity,
        quantityExact: part.quantityExact,
        entryPrice: part.entryPrice,
        markPrice,
        collateralUsd,
        collateralExact: this.#exact(i, cents),
        minUsd,
        maxUsd: isBusy ? collateralUsd : Number.POSITIVE_INFINITY,
        maintenanceRate: part.maintenanceRate,
        liquidationPrice: null,
        weight: part.weight,
        urgentWeight: account.weights[i] ?? part.weight,
        weightSource: 'configured',
        fallPct: account.falls[i] ?? 0,
        priority: part.priority,
        minQuantity: part.minQuantity,
      });
    }
    const availableUsd = Math.max(0, availableCents) / CENTS;
    return { legs, availableUsd, availableExact: new Decimal(availableUsd) };
  }

  /** Collateral seldom changes; making a decimal of it is what a book costs most. */
  #exact(i: number, cents: number): Decimal {
    const held = this.#exacts[i];
    if (held && this.#exactCents[i] === cents) return held;
    const exact = new Decimal(cents / CENTS);
    this.#exacts[i] = exact;
    this.#exactCents[i] = cents;
    return exact;
  }

  /** The venue's limit as far as it is known, and what refusals have taught. */
  #minUsd(i: number, price: number, cents: number): number {
    const learned = Math.min(this.#learned[i] ?? 0, cents) / CENTS;
    return Math.max(this.#account.leastUsd(i, price), learned);
  }

  #current() {
    const account = this.#account;
    if (this.#version !== account.version) {
      this.#version = account.version;
      this.#fixed = account.portfolio.holdings.map((_, i) => fixedPart(account, i));
    }
    return { account, fixed: this.#fixed };
  }
}

function fixedPart(account: Account, i: number): FixedPart | null {
  const holding = account.portfolio.holdings[i];
  const amount = account.amounts[i] ?? 0;
  if (!holding || amount === 0) return null;
  const quantity = Math.abs(amount);
  return {
    symbol: holding.contract.symbol,
    positionId: `p${i}`,
    direction: amount > 0 ? 1 : -1,
    quantity,
    quantityExact: new Decimal(quantity),
    entryPrice: account.entries[i] ?? 0,
    maintenanceRate: holding.contract.maintenanceRate,
    weight: holding.weight,
    priority: holding.priority,
    minQuantity: holding.contract.minQuantity,
  };
}
