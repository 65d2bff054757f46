import { assert } from '../core/errors.ts';
import type { PerpSymbol } from '../core/symbol.ts';

export interface Fence {
  readonly intentId: string;
  readonly since: number;
  /** `in_flight` ends by itself; `unknown` ends when the venue has proved the outcome. */
  readonly state: 'in_flight' | 'unknown';
}

/** Which symbols nothing else may touch. One write per symbol at a time. */
export class Fences {
  readonly #fences = new Map<PerpSymbol, Fence>();
  readonly #waiting = new Set<() => void>();

  raise(symbol: PerpSymbol, fence: Fence): void {
    const known = this.#fences.get(symbol);
    assert(
      !known || known.intentId === fence.intentId,
      `${symbol} is not fenced by another intent`,
    );
    this.#fences.set(symbol, fence);
  }

  lower(symbol: PerpSymbol, intentId: string): void {
    if (this.#fences.get(symbol)?.intentId !== intentId) return;
    this.#fences.delete(symbol);
    for (const wake of this.#waiting) wake();
  }

  has(symbol: PerpSymbol): boolean {
    return this.#fences.has(symbol);
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
    while (this.inFlight() > 0) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }
}
