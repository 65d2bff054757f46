/** How the first owner is made: by a code that only whoever started the process can see. */
import type { Clock, Random } from '../../ports/clock.ts';

export const PAIRING_TTL_MS = 5 * 60_000;
export const PAIRING_TRIES = 3;
const DIGITS = 6;

export type PairingVerdict =
  | { readonly kind: 'paired' }
  | { readonly kind: 'wrong'; readonly left: number }
  /** No code is out: who asks is a stranger like any other. */
  | { readonly kind: 'closed' };

export class Pairing {
  readonly #clock: Clock;
  readonly #random: Random;
  #open: { readonly code: string; readonly until: number; left: number } | null = null;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Makes a new code, such as `483-201`, good for five minutes and three tries in all. */
  begin(): string {
    const code = Math.floor(this.#random() * 10 ** DIGITS)
      .toString()
      .padStart(DIGITS, '0');
    const until = this.#clock.monotonicMs() + PAIRING_TTL_MS;
    this.#open = { code, until, left: PAIRING_TRIES };
    return `${code.slice(0, 3)}-${code.slice(3)}`;
  }

  attempt(text: string): PairingVerdict {
    const open = this.#open;
    if (!open || this.#clock.monotonicMs() >= open.until) return { kind: 'closed' };
    if (text.replace(/[\s-]/g, '') === open.code) {
      this.#open = null;
      return { kind: 'paired' };
    }
    open.left -= 1;
    if (open.left === 0) this.#open = null;
    return { kind: 'wrong', left: open.left };
  }
}
