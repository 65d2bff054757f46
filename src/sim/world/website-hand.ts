/** Somebody who uses the exchange's website at the same time: the account moves without us. */
import {
  accountTotals,
  collateralBounds,
  markOf,
  type SimPosition,
  setCollateral,
  submitOrder,
  toUnits,
  usdOf,
  type World,
} from '../exchange/core/index.ts';
import { move } from '../exchange/core/units.ts';
import type { Prng } from '../market/index.ts';

const OPEN_LEVERAGE = 5;
const OPEN_USD = 5_000;
/** Below this the account is as good as gone: somebody pays in and begins anew. */
const LEAST_EQUITY_SHARE = 0.04;
const STRAINED_POSITIONS = 6;
const STRAINED_FREE_SHARE = 0.1;

export class WebsiteHand {
  readonly #world: World;
  readonly #random: Prng;
  readonly #onTouch: (symbol: string) => void;
  #isActing = false;

  constructor(world: World, random: Prng, onTouch: (symbol: string) => void) {
    this.#world = world;
    this.#random = random;
    this.#onTouch = onTouch;
  }

  /** True while what happens is the hand's own doing. */
  get isActing(): boolean {
    return this.#isActing;
  }

  recollateralise(): void {
    this.#act((position) => {
      const factor = this.#random.between(0.85, 1.2);
      const units = Math.round(position.collateral.units * factor);
      setCollateral(this.#world, position.index, units);
    });
  }

  close(): void {
    this.#act((position) => {
      const share = this.#random.next() < 0.5 ? 1 : 0.5;
      const amount = -position.amount * share;
      this.#order(position.index, amount, 1_024);
    });
  }

  /** Closes a position, or half of it, just before a write of ours arrives. */
  race(symbol: string): void {
    const position = this.#world.positions.get(this.#world.indexOf.get(symbol) ?? -1);
    if (!position) return;
    const share = this.#random.next() < 0.6 ? 1 : 0.5;
    this.#doing(symbol, () => this.#order(position.index, -position.amount * share, 1_024));
  }

  open(): void {
    const { market } = this.#world;
    const index = Math.floor(this.#random.next() * market.contracts.length);
    const contract = market.contracts[index];
    if (!contract) return;
    const steps = Math.ceil(OPEN_USD / markOf(this.#world, index) / contract.minQuantity);
    const side = this.#random.next() < 0.5 ? -1 : 1;
    this.#doing(contract.symbol, () => this.#order(index, side * steps * contract.minQuantity, 0));
  }

  /** Pays in or takes out a part of the free balance. */
  moveWallet(): void {
    const { free, outside } = this.#world.ledger;
    const units = Math.round(free.units * this.#random.between(-0.5, 0.5));
    move(free, outside, units);
    this.#world.emit({ type: 'wallet' });
  }

  /** Keeps the account worth watching after a disaster. */
  restock(): void {
    const totals = accountTotals(this.#world);
    const isPoor = totals.equityUsd < LEAST_EQUITY_SHARE * totals.notionalUsd;
    if (this.#world.positions.size >= 2 && !isPoor) return;
    const { free, outside } = this.#world.ledger;
    move(outside, free, toUnits(Math.max(2_000, 0.08 * totals.notionalUsd)));
    this.#world.emit({ type: 'wallet' });
    for (let i = this.#world.positions.size; i < 3; i += 1) this.open();
  }

  /**
   * Before the last stretch, in which nothing but the market is against the service: enough
   * positions, and no more money than this leverage asks for.
   */
  strain(leverage: number): void {
    for (let i = this.#world.positions.size; i < STRAINED_POSITIONS; i += 1) this.open();
    const { notionalUsd, unrealizedPnlUsd } = accountTotals(this.#world);
    const { free, outside } = this.#world.ledger;
    // What is in profit by more than this needs no collateral at all, and never less than none.
    const wantedUsd = Math.max(0, notionalUsd / leverage - unrealizedPnlUsd);
    for (const position of this.#world.positions.values()) {
      const share = (Math.abs(position.amount) * markOf(this.#world, position.index)) / notionalUsd;
      const { min, max } = collateralBounds(this.#world, position);
      const units = Math.max(min, Math.min(max, toUnits(share * wantedUsd)));
      this.#doing(position.contract.symbol, () =>
        setCollateral(this.#world, position.index, Math.round(units)),
      );
    }
    const spare = toUnits(wantedUsd * STRAINED_FREE_SHARE) - free.units;
    move(outside, free, spare);
    this.#world.emit({ type: 'wallet' });
  }

  #act(what: (position: SimPosition) => void): void {
    const positions = [...this.#world.positions.values()];
    const position = positions[Math.floor(this.#random.next() * positions.length)];
    if (position) this.#doing(position.contract.symbol, () => what(position));
  }

  #doing(symbol: string, what: () => void): void {
    this.#isActing = true;
    what();
    this.#isActing = false;
    this.#onTouch(symbol);
  }

  #order(index: number, amount: number, flags: number): void {
    const request = { index, type: 'MARKET' as const, amount, price: null, flags };
    // Forced orders and those of the website carry a cid of their own, far below ours.
    submitOrder(this.#world, { ...request, leverage: OPEN_LEVERAGE, cid: 7 });
  }
}

/** The book of a world, so that another one can begin where this one is. */
export function bookOf(world: World) {
  const entries = [...world.positions.values()].map((position) => ({
    index: position.index,
    amount: position.amount,
    entryPrice: position.entryPrice,
    collateralUsd: usdOf(position.collateral.units),
  }));
  return { entries, freeUsd: usdOf(world.ledger.free.units) };
}
