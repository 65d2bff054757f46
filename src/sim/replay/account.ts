/**
 * One simulated account, in typed arrays: money in whole cents, so that nothing is lost in
 * rounding, ratios in binary. The margin rules are those of the simulated exchange.
 */
import { initialMarginUsd, liquidationPrice, maintenanceUsd } from '../exchange/core/margin.ts';
import type { Funding, Portfolio } from './portfolio.ts';

export const CENTS = 100;
/** The floor moves with the price while a write is on its way. */
const FLOOR_BUFFER = 1.01;

export interface VenueRules {
  readonly takerFeeRate: number;
  /** What a market order loses against the mark, as a fraction. */
  readonly slippageRate: number;
  /** Unrealised profit does not lower the least collateral. */
  readonly pessimistic: boolean;
}

export class Account {
  readonly portfolio: Portfolio;
  readonly rules: VenueRules;
  readonly count: number;
  readonly columns: Int32Array;
  /** 0 once a position is closed or liquidated. */
  readonly amounts: Float64Array;
  readonly entries: Float64Array;
  /** As they count now: more for a position that falls fast. */
  readonly weights: Float64Array;
  readonly ownWeights: Float64Array;
  /** What each has lost within a minute, percent. */
  readonly falls: Float64Array;
  readonly collateral: Float64Array;
  /** USD, of the present amount. */
  readonly maintenance: Float64Array;
  readonly initial: Float64Array;
  /** 1 for what the venue took. */
  readonly taken: Uint8Array;
  freeCents: number;
  liquidations = 0;
  liquidatedUsd = 0;
  /** What left the account: forced closing, fees and slippage, in cents. */
  lostCents = 0;
  costCents = 0;
  /** What trading brought in, in cents; negative for a loss. */
  realizedCents = 0;
  /** Rises with every change of an amount or an entry. */
  version = 0;

  constructor(portfolio: Portfolio, funding: Funding, rules: VenueRules) {
    const { holdings } = portfolio;
    this.portfolio = portfolio;
    this.rules = rules;
    this.count = holdings.length;
    this.columns = Int32Array.from(holdings, ({ pair }) => pair);
    this.amounts = Float64Array.from(holdings, ({ amount }) => amount);
    this.entries = Float64Array.from(holdings, ({ entryPrice }) => entryPrice);
    this.ownWeights = Float64Array.from(holdings, ({ weight }) => weight);
    this.weights = this.ownWeights.slice();
    this.falls = new Float64Array(this.count);
    this.collateral = Float64Array.from(funding.collateralCents);
    this.maintenance = new Float64Array(this.count);
    this.initial = new Float64Array(this.count);
    this.taken = new Uint8Array(this.count);
    this.freeCents = funding.freeCents;
    for (let i = 0; i < this.count; i += 1) this.#rate(i);
  }

  /** The same account from here on, beside this one. */
  clone(): Account {
    const { portfolio, rules, freeCents } = this;
    const copy = new Account(
      portfolio,
      { collateralCents: [...this.collateral], freeCents },
      rules,
    );
    copy.amounts.set(this.amounts);
    copy.entries.set(this.entries);
    copy.weights.set(this.weights);
    copy.falls.set(this.falls);
    copy.maintenance.set(this.maintenance);
    copy.initial.set(this.initial);
    copy.taken.set(this.taken);
    copy.liquidations = this.liquidations;
    copy.liquidatedUsd = this.liquidatedUsd;
    copy.lostCents = this.lostCents;
    copy.costCents = this.costCents;
    copy.realizedCents = this.realizedCents;
    copy.version += 1;
    return copy;
  }

  get isAlive(): boolean {
    return this.amounts.some((amount) => amount !== 0);
  }

  pnlUsd(i: number, price: number): number {
    return (this.amounts[i] ?? 0) * (price - (this.entries[i] ?? 0));
  }

  /** What the position can lose before the venue closes it, USD. */
  roomUsd(i: number, price: number): number {
    const collateralUsd = (this.collateral[i] ?? 0) / CENTS;
    return collateralUsd + this.pnlUsd(i, price) - (this.maintenance[i] ?? 0);
  }

  liquidationPrice(i: number): number {
    const holding = this.portfolio.holdings[i];
    if (!holding) return 0;
    const exposure = { amount: this.amounts[i] ?? 0, entryPrice: this.entries[i] ?? 0 };
    return liquidationPrice(exposure, (this.collateral[i] ?? 0) / CENTS, holding.contract);
  }

  /**
   * The least collateral the venue lets a position be lowered to, USD: a loss raises it, a profit
   * lowers it unless the rule is pessimistic.
   */
  floorUsd(i: number, price: number): number {
    const pnl = this.pnlUsd(i, price);
    const initial = this.initial[i] ?? 0;
    return this.rules.pessimistic ? initial + Math.max(0, -pnl) : Math.max(0, initial - pnl);
  }

  /**
   * The least collateral as the deciders are told it, USD: the floor, or what a position holds that
   * is below it already, since that may stay but not be lowered. A percent of caution covers
   * the move of the price while the write is on its way.
   */
  leastUsd(i: number, price: number): number {
    const heldUsd = (this.collateral[i] ?? 0) / CENTS;
    return Math.min(heldUsd, this.floorUsd(i, price) * FLOOR_BUFFER);
  }

  /** The venue takes the position and all of its collateral. */
  liquidate(i: number): void {
    this.liquidations += 1;
    this.taken[i] = 1;
    this.liquidatedUsd += Math.abs(this.amounts[i] ?? 0) * (this.entries[i] ?? 0);
    this.lostCents += this.collateral[i] ?? 0;
    this.collateral[i] = 0;
    this.amounts[i] = 0;
    this.#rate(i);
  }

  /** Closes part of a position at the price less slippage; collateral is released pro rata. */
  close(i: number, quantity: number, price: number): void {
    const amount = this.amounts[i] ?? 0;
    const held = Math.abs(amount);
    const closed = Math.min(quantity, held);
    if (closed <= 0) return;
    const isAll = closed >= held;
    const collateral = this.collateral[i] ?? 0;
    const released = isAll ? collateral : Math.floor((collateral * closed) / held);
    const side = Math.sign(amount);
    const cost = this.#cost(closed, price);
    const result = Math.floor(side * closed * (price - (this.entries[i] ?? 0)) * CENTS);
    this.collateral[i] = collateral - released;
    this.amounts[i] = isAll ? 0 : side * rounded(held - closed);
    this.#settle(i, released + result - cost);
    this.realizedCents += result;
    this.costCents += cost;
    this.#rate(i);
  }

  /** Opens the same side again at the price; the entry becomes the average of both parts. */
  reopen(i: number, side: number, quantity: number, price: number, marginCents: number): void {
    const held = Math.abs(this.amounts[i] ?? 0);
    const sum = held + quantity;
    const cost = this.#cost(quantity, price);
    this.entries[i] = ((this.entries[i] ?? 0) * held + price * quantity) / sum;
    this.amounts[i] = side * rounded(sum);
    this.collateral[i] = (this.collateral[i] ?? 0) + marginCents;
    this.freeCents -= marginCents;
    this.#settle(i, -cost);
    this.costCents += cost;
    this.#rate(i);
  }

  /** Free balance, collateral and unrealised results, cents. */
  equityCents(prices: Float64Array, base: number): number {
    let sum = this.freeCents;
    for (let i = 0; i < this.count; i += 1) {
      if ((this.amounts[i] ?? 0) === 0) continue;
      const price = prices[base + (this.columns[i] ?? 0)] ?? 0;
      sum += (this.collateral[i] ?? 0) + this.pnlUsd(i, price) * CENTS;
    }
    return sum;
  }

  /** Fee and slippage, rounded up. */
  #cost(quantity: number, price: number): number {
    const { takerFeeRate, slippageRate } = this.rules;
    return Math.ceil((takerFeeRate + slippageRate) * quantity * price * CENTS);
  }

  /** A result goes to the free balance; what that cannot pay comes from the collateral. */
  #settle(i: number, cents: number): void {
    this.freeCents += cents;
    if (this.freeCents >= 0) return;
    const fromCollateral = Math.min(-this.freeCents, this.collateral[i] ?? 0);
    this.collateral[i] = (this.collateral[i] ?? 0) - fromCollateral;
    this.freeCents += fromCollateral;
    if (this.freeCents >= 0) return;
    // An account never owes: the venue's insurance pays.
    this.lostCents += this.freeCents;
    this.freeCents = 0;
  }

  #rate(i: number): void {
    const holding = this.portfolio.holdings[i];
    if (!holding) return;
    const exposure = { amount: this.amounts[i] ?? 0, entryPrice: this.entries[i] ?? 0 };
    this.maintenance[i] = maintenanceUsd(exposure, holding.contract);
    this.initial[i] = initialMarginUsd(exposure, holding.contract);
    this.version += 1;
  }
}

/** Quantities have eight places at the venue. */
function rounded(quantity: number): number {
  return Math.round(quantity * 1e8) / 1e8;
}
