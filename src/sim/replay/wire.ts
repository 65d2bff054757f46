/**
 * Writes on their way to the venue, each taking the latency. A plan's decreases go together, its
 * increases when the cash of the decreases has arrived; with `serial` one write goes after the
 * other. Plans go side by side. What the venue does with a write is judged by the prices at the
 * moment it arrives, between two steps by a straight line.
 */
import { type Account, CENTS } from './account.ts';
import type { WriteLimit } from './write-limit.ts';

/** Sets collateral to an absolute amount, in cents; closes a quantity; opens one again. */
export type Write =
  | { readonly kind: 'collateral'; readonly i: number; readonly from: number; readonly to: number }
  | CloseWrite
  | ReopenWrite;

export interface CloseWrite {
  readonly kind: 'close';
  readonly i: number;
  readonly quantity: number;
}

/** The second half of a roll: it may fail, and then the roll was a reduction. */
export interface ReopenWrite {
  readonly kind: 'reopen';
  readonly i: number;
  readonly side: number;
  readonly quantity: number;
  readonly marginCents: number;
}

export interface Chain {
  readonly writes: readonly Write[];
  readonly routine: boolean;
  /** Ms each write waits for a read before it is sent. */
  readonly readMs: number;
  next: number;
  /** The writes from `next` to here are on their way together. */
  sentTo: number;
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

export interface WireOptions {
  readonly latencyMs: number;
  readonly serial: boolean;
}

export interface WireHooks {
  /** The venue refused to lower a position below what it holds. */
  readonly onRefused: (i: number) => void;
}

export class Wire {
  readonly #account: Account;
  readonly #limit: WriteLimit;
  readonly #options: WireOptions;
  readonly #hooks: WireHooks;
  readonly counts: WireCounts = { topUps: 0, reductions: 0, rolls: 0, failed: 0 };
  readonly busy: Uint8Array;
  #chains: Chain[] = [];

  constructor(account: Account, limit: WriteLimit, options: WireOptions, hooks: WireHooks) {
    this.#account = account;
    this.#limit = limit;
    this.#options = options;
    this.#hooks = hooks;
    this.busy = new Uint8Array(account.count);
  }

  get isIdle(): boolean {
    return this.#chains.length === 0;
  }

  /** Has the same writes on their way as another wire, for an account of its own. */
  continueFrom(other: Wire): void {
    this.#chains = other.#chains.map((chain) => ({ ...chain }));
    Object.assign(this.counts, other.counts);
    this.#mark();
  }

  /** Free balance that no plan under way has been promised, cents. */
  get availableCents(): number {
    let promised = 0;
    for (const chain of this.#chains) promised += promisedCents(chain);
    return this.#account.freeCents - promised;
  }

  send(writes: readonly Write[], now: number, options: { routine: boolean; readMs: number }): void {
    const { routine, readMs } = options;
    const begun = { next: 0, sentTo: 0, sentAt: Number.NaN, readyAt: now, dropped: false };
    const chain: Chain = { writes, routine, readMs, ...begun };
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
    return chain.sentAt + this.#options.latencyMs;
  }

  /** Sends the next writes, or ends a routine plan whose share of the limit is used up. */
  #schedule(chain: Chain): void {
    const readyAt = chain.readyAt + chain.readMs;
    const until = this.#options.serial ? chain.next + 1 : groupEnd(chain.writes, chain.next);
    chain.sentTo = chain.next;
    chain.sentAt = readyAt;
    while (chain.sentTo < until) {
      if (chain.routine && !this.#limit.takeRoutine(readyAt)) break;
      if (!chain.routine) chain.sentAt = Math.max(chain.sentAt, this.#limit.reserve(readyAt));
      chain.sentTo += 1;
    }
    if (chain.sentTo < until) chain.dropped = true;
    if (chain.sentTo === chain.next) this.#end(chain);
  }

  #end(chain: Chain): void {
    this.#chains = this.#chains.filter((other) => other !== chain);
  }

  #arrive(chain: Chain, priceAt: (i: number, at: number) => number): void {
    const at = this.#arrival(chain);
    chain.readyAt = at;
    while (chain.next < chain.sentTo) {
      const write = chain.writes[chain.next];
      chain.next += 1;
      if (write) this.#apply(write, chain, priceAt(write.i, at));
    }
    if (chain.next >= chain.writes.length || chain.dropped) this.#end(chain);
    else this.#schedule(chain);
    this.#mark();
  }

  #apply(write: Write, chain: Chain, price: number): void {
    const account = this.#account;
    const { i } = write;
    if (write.kind === 'reopen') {
      this.#reopen(write, price);
      return;
    }
    if ((account.amounts[i] ?? 0) !== 0 && account.roomUsd(i, price) <= 0) account.liquidate(i);
    if ((account.amounts[i] ?? 0) === 0) {
      this.counts.failed += 1;
      if (chain.writes.some(({ kind }) => kind === 'reopen')) chain.dropped = true;
      return;
    }
    if (write.kind === 'collateral') {
      this.#move(write, chain, price);
      return;
    }
    account.close(i, write.quantity, price);
    this.counts.reductions += 1;
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

  /** Never without the margin the plan asked for: then the roll stays a reduction. */
  #reopen({ i, side, quantity, marginCents }: ReopenWrite, price: number): void {
    if (this.availableCents < marginCents) {
      this.counts.failed += 1;
      return;
    }
    this.#account.reopen(i, side, quantity, price, marginCents);
    this.counts.reductions -= 1;
    this.counts.rolls += 1;
  }

  #mark(): void {
    this.busy.fill(0);
    for (const { writes, next, sentTo, routine } of this.#chains) {
      // Of a routine plan only the writes that are on their way hold their positions.
      const last = routine ? sentTo : writes.length;
      for (let k = next; k < last; k += 1) {
        const write = writes[k];
        if (write) this.busy[write.i] = 1;
      }
    }
  }
}

/** What a plan's increases will need beyond what its own decreases still release, cents. */
function promisedCents({ writes, next, sentTo, routine }: Chain): number {
  const last = routine ? sentTo : writes.length;
  let promised = 0;
  for (let k = next; k < last; k += 1) {
    const write = writes[k];
    if (write?.kind === 'collateral') promised += write.to - write.from;
    if (write?.kind === 'reopen' && k === next) promised += write.marginCents;
  }
  return Math.max(0, promised);
}

/** Where the run of writes of one kind and direction ends. */
function groupEnd(writes: readonly Write[], from: number): number {
  let end = from;
  while (end < writes.length && directionOf(writes[end]) === directionOf(writes[from])) end += 1;
  return end;
}

function directionOf(write: Write | undefined): string {
  if (write?.kind !== 'collateral') return write?.kind ?? '';
  return write.to < write.from ? 'lower' : 'raise';
}
