import type { PerpSymbol } from '../core/symbol.ts';
import {
  createMarkWindow,
  FALL_WINDOW_SEC,
  lostPct,
  type MarkWindow,
  movedPct,
  recordMark,
  URGENCY_WINDOW_SEC,
} from '../systems/balancer/index.ts';

/** Follows each symbol's marks over a rolling minute and tells when one has jumped. */
export class SpikeWatch {
  readonly #windows = new Map<PerpSymbol, MarkWindow>();
  readonly #jumped = new Map<PerpSymbol, number>();

  /** True once per jump: when the move inside the window first reaches the threshold. */
  record(symbol: PerpSymbol, price: number, at: number, thresholdPct: number): boolean {
    const window = this.#windows.get(symbol) ?? createMarkWindow();
    this.#windows.set(symbol, window);
    recordMark(window, price, at);
    if (movedPct(window, at) < thresholdPct) {
      this.#jumped.delete(symbol);
      return false;
    }
    const isNew = !this.#jumped.has(symbol);
    this.#jumped.set(symbol, at);
    return isNew;
  }

  /** What a position in the symbol has lost within the last seconds, in percent. */
  lostPct(symbol: PerpSymbol, direction: 1 | -1, now: number): number {
    const window = this.#windows.get(symbol);
    return window ? lostPct(window, direction, now, URGENCY_WINDOW_SEC) : 0;
  }

  /** The same over a whole minute: what reductions reckon with. */
  fallPct(symbol: PerpSymbol, direction: 1 | -1, now: number): number {
    const window = this.#windows.get(symbol);
    return window ? lostPct(window, direction, now, FALL_WINDOW_SEC) : 0;
  }

  /** True while any symbol's last jump is younger than the given age. */
  isViolent(now: number, withinMs: number): boolean {
    for (const at of this.#jumped.values()) if (now - at <= withinMs) return true;
    return false;
  }

  keepOnly(symbols: ReadonlySet<PerpSymbol>): void {
    for (const symbol of this.#windows.keys()) {
      if (symbols.has(symbol)) continue;
      this.#windows.delete(symbol);
      this.#jumped.delete(symbol);
    }
  }
}
