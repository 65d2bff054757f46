/**
 * Writes on their way to the venue. A plan's writes go one after the other, each taking the
 * latency; plans go side by side. What the venue does with a write is judged by the prices at the
 * moment it arrives, between two steps by a straight line.
 */
import { type Account, CENTS } from './account.ts';
import type { WriteLimit } from './write-limit.ts';

/** Sets collateral to an absolute amount, in cents, or closes or opens again a quantity. */
export type Write =
  | { readonly kind: 'collateral'; readonly i: number; readonly from: number; readonly to: number }
  | { readonly kind: 'close'; readonly i: number; readonly quantity: number }
  | RollWrite;

/** Closes a quantity and opens it again: two writes, of which the second may fail. */
export interface RollWrite {
  readonly kind: 'roll';
  readonly i: number;
  readonly quantity: number;
}

export interface Chain {
  readonly writes: readonly Write[];
  readonly routine: boolean;
  /** Ms each write waits for a read before it is sent. */
  readonly readMs: number;
  next: number;
  /** When the next write is sent; NaN before it has a place in the limit. */
  sentAt: number;
  /** When the chain may go on. */
  readyAt: number;
  dropped: boolean;
}

export interface WireCounts {
  topUps: number;
  reductions: number;
  rolls: number;
  failed: number;
}

export interface WireHooks {
  /** The venue refused to lower a position below what it holds. */
  readonly onRefused: (i: number) => void;
}

export class Wire {
  readonly #account: Account;
  readonly #limit: WriteLimit;
  readonly #latencyMs: number;
  readonly #hooks: WireHooks;
  readonly counts: WireCounts = { topUps: 0, reductions: 0, rolls: 0, failed: 0 };
  readonly busy: Uint8Array;
  #chains: Chain[] = [];

  constructor(account: Account, limit: WriteLimit, latencyMs: number, hooks: WireHooks) {
    this.#account = account;
    this.#limit = limit;
    this.#latencyMs = latencyMs;
    this.#hooks = hooks;
    this.busy = new Uint8Array(account.count);
  }

  get isIdle(): boolean {
    return this.#chains.length === 0;
  }

  /** Free balance that no plan under way has been promised, cents. */
  get availableCents(): number {
    let promised = 0;
    for (const chain of this.#chains) promised += promisedCents(chain);
    return this.#account.freeCents - promised;
  }

  send(writes: readonly Write[], now: number, options: { routine: boolean; readMs: number }): void {
    const { routine, readMs } = options;
    const dropped = false;
    const chain = { writes, routine, readMs, next: 0, sentAt: Number.NaN, readyAt: now, dropped };
    this.#chains.push(chain);
    this.#schedule(chain);
    this.#mark();
  }

  /** A rescue makes what is left of routine plans obsolete. */
  dropRoutine(now: number): void {
    for (const chain of this.#chains) if (chain.routine) chain.dropped = true;
    this.#chains = this.#chains.filter((chain) => !chain.dropped || chain.sentAt < now);
    this.#mark();
  }

  /** Lets everything arrive that is due by `until`. `priceAt` gives a position's price. */
  advance(until: number, priceAt: (i: number, at: number) => number): void {
    while (this.#chains.length > 0) {
      let due: Chain | undefined;
      for (const chain of this.#chains) {
        if (!due || this.#arrival(chain) < this.#arrival(due)) due = chain;
      }
      if (!due || this.#arrival(due) > until) return;
      this.#arrive(due, priceAt);
    }
  }

  #arrival(chain: Chain): number {
    return chain.sentAt + this.#latencyMs;
  }

  #schedule(chain: Chain): void {
    const readyAt = chain.readyAt + chain.readMs;
    if (chain.routine && !this.#limit.takeRoutine(readyAt)) {
      this.#chains = this.#chains.filter((other) => other !== chain);
      return;
    }
    chain.sentAt = chain.routine ? readyAt : this.#limit.reserve(readyAt);
  }

  #arrive(chain: Chain, priceAt: (i: number, at: number) => number): void {
    const write = chain.writes[chain.next];
    const at = this.#arrival(chain);
    chain.next += 1;
    chain.readyAt = at;
    if (write) this.#apply(write, chain, priceAt(write.i, at));
    if (chain.next >= chain.writes.length || chain.dropped) {
      this.#chains = this.#chains.filter((other) => other !== chain);
    } else {
      this.#schedule(chain);
    }
    this.#mark();
  }

  #apply(write: Write, chain: Chain, price: number): void {
    const account = this.#account;
    const { i } = write;
    if ((account.amounts[i] ?? 0) !== 0 && account.roomUsd(i, price) <= 0) account.liquidate(i);
    if ((account.amounts[i] ?? 0) === 0) {
      this.counts.failed += 1;
      return;
    }
    if (write.kind === 'collateral') this.#move(write, chain, price);
    else if (write.kind === 'close') this.#close(i, write.quantity, price);
    else this.#roll(write, price);
  }

  #move(
    { i, from, to }: Extract<Write, { kind: 'collateral' }>,
    chain: Chain,
    price: number,
  ): void {
    const account = this.#account;
    const held = account.collateral[i] ?? 0;
    if (held !== from) {
      this.counts.failed += 1;
      return;
    }
    if (to < from) {
      const floorCents = Math.ceil(account.floorUsd(i, price) * CENTS);
      // Routine decreases asked for the limit a moment ago and keep one percent above it.
      const target = chain.routine ? Math.max(to, Math.ceil(floorCents * 1.01)) : to;
      if (target < floorCents || target >= from) {
        this.counts.failed += 1;
        this.#hooks.onRefused(i);
        return;
      }
      account.collateral[i] = target;
      account.freeCents += from - target;
      return;
    }
    const payable = Math.min(to - from, this.availableCents);
    if (payable <= 0) {
      this.counts.failed += 1;
      return;
    }
    account.collateral[i] = from + payable;
    account.freeCents -= payable;
    if (!chain.routine) this.counts.topUps += 1;
  }

  #close(i: number, quantity: number, price: number): void {
    this.#account.close(i, quantity, price);
    this.counts.reductions += 1;
  }

  #roll({ i, quantity }: RollWrite, price: number): void {
    const account = this.#account;
    const side = Math.sign(account.amounts[i] ?? 0);
    const closed = Math.min(quantity, Math.abs(account.amounts[i] ?? 0));
    const before = account.freeCents;
    account.close(i, closed, price);
    const initialRate = account.portfolio.holdings[i]?.contract.initialRate ?? 1;
    const margin = Math.ceil(initialRate * closed * price * CENTS);
    const freed = account.freeCents - before;
    if (freed < margin) {
      this.counts.reductions += 1;
      return;
    }
    account.reopen(i, side, closed, price, margin);
    this.#limit.reserve(0);
    this.counts.rolls += 1;
  }

  #mark(): void {
    this.busy.fill(0);
    for (const { writes, next, routine } of this.#chains) {
      // Of a routine plan only the write that is on its way holds its position.
      const last = routine ? next + 1 : writes.length;
      for (let k = next; k < last; k += 1) {
        const write = writes[k];
        if (write) this.busy[write.i] = 1;
      }
    }
  }
}

/** What a plan's increases will need beyond what its own decreases still release, cents. */
function promisedCents({ writes, next, routine }: Chain): number {
  const last = routine ? next + 1 : writes.length;
  let promised = 0;
  for (let k = next; k < last; k += 1) {
    const write = writes[k];
    if (write?.kind === 'collateral') promised += write.to - write.from;
  }
  return Math.max(0, promised);
}
