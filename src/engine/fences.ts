import { assert } from '../core/errors.ts';
import type { PerpSymbol } from '../core/symbol.ts';
import type { Clock } from '../ports/clock.ts';

export interface Fence {
  readonly intentId: string;
  readonly since: number;
  /** `in_flight` ends by itself; `unknown` ends when the venue has proved the outcome. */
  readonly state: 'in_flight' | 'unknown';
}

/** Which symbols nothing else may touch. One write per symbol at a time. */
export class Fences {
  readonly #fences = new Map<PerpSymbol, Fence>();
  readonly #held = new Set<PerpSymbol>();
  readonly #waiting = new Set<() => void>();

  raise(symbol: PerpSymbol, fence: Fence): void {
    const known = this.#fences.get(symbol);
    assert(
      !known || known.intentId === fence.intentId,
      `${symbol} is not fenced by another intent`,
    );
    this.#fences.set(symbol, fence);
    if (fence.state === 'unknown') for (const wake of this.#waiting) wake();
  }

  lower(symbol: PerpSymbol, intentId: string): void {
    if (this.#fences.get(symbol)?.intentId !== intentId) return;
    this.#fences.delete(symbol);
    for (const wake of this.#waiting) wake();
  }

  has(symbol: PerpSymbol): boolean {
    return this.#fences.has(symbol);
  }

  /**
   * Keeps rescues and routine moves off positions that a round of reductions is about to change,
   * so that they do not meet halfway. Returns what ends it.
   */
  hold(symbols: readonly PerpSymbol[]): () => void {
    for (const symbol of symbols) this.#held.add(symbol);
    return () => {
      for (const symbol of symbols) this.#held.delete(symbol);
    };
  }

  /** Fenced, or held for a round of reductions. */
  isTaken(symbol: PerpSymbol): boolean {
    return this.#fences.has(symbol) || this.#held.has(symbol);
  }

  /** Resolves when no write of the symbol is in flight, or at the latest after the given time. */
  async freed(symbol: PerpSymbol, clock: Clock, waitMaxMs: number): Promise<void> {
    let isLate = false;
    const cancel = clock.after(waitMaxMs, () => {
      isLate = true;
      for (const wake of this.#waiting) wake();
    });
    while (!isLate && this.#fences.get(symbol)?.state === 'in_flight') await this.#change();
    cancel();
  }

  /** Resolves when this intent no longer fences the symbol, or at the latest after the time. */
  async lowered(
    symbol: PerpSymbol,
    intentId: string,
    clock: Clock,
    waitMaxMs: number,
  ): Promise<void> {
    let isLate = false;
    const cancel = clock.after(waitMaxMs, () => {
      isLate = true;
      for (const wake of this.#waiting) wake();
    });
    while (!isLate && this.#fences.get(symbol)?.intentId === intentId) await this.#change();
    cancel();
  }

  symbols(): ReadonlySet<PerpSymbol> {
    return new Set(this.#fences.keys());
  }

  unknown(): number {
    return [...this.#fences.values()].filter((fence) => fence.state === 'unknown').length;
  }

  inFlight(): number {
    return this.#fences.size - this.unknown();
  }

  /** Resolves as soon as no write is in flight; unknown outcomes do not hold it up. */
  async settled(): Promise<void> {
    while (this.inFlight() > 0) await this.#change();
  }

  /** The next fence that is lowered, or becomes one of unknown outcome. */
  #change(): Promise<void> {
    return new Promise<void>((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        resolve();
      };
      this.#waiting.add(wake);
    });
  }
}
