/**
 * How people come in: by a one-time code, shown in the terminal for the first owner and in an
 * owner's chat for everybody after. Whoever does not know a code does not exist for the bot.
 */
import type { Clock, Random } from '../../ports/clock.ts';
import type { Role } from './roles.ts';

export const PAIRING_TTL_MS = 5 * 60_000;
/** Somebody else has to find Telegram and type it. */
export const INVITATION_TTL_MS = 15 * 60_000;
export const PAIRING_TRIES = 3;
const DIGITS = 6;
const OPEN_MAX = 20;

export type PairingVerdict =
  | { readonly kind: 'paired'; readonly role: Role }
  | { readonly kind: 'wrong'; readonly left: number }
  /** No code is out: who asks is a stranger like any other. */
  | { readonly kind: 'closed' };

interface Open {
  readonly role: Role;
  readonly untilMs: number;
}

export class Pairing {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #open = new Map<string, Open>();
  /** Of everybody together: guesses from many accounts are guesses all the same. */
  #left = 0;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** A new code, such as `483-201`, for the first owner. */
  begin(): string {
    return this.#issue('owner', PAIRING_TTL_MS);
  }

  /** A new code for whoever an owner gives it to. */
  invite(role: Role): string {
    return this.#issue(role, INVITATION_TTL_MS);
  }

  attempt(text: string): PairingVerdict {
    this.#forgetExpired();
    if (this.#open.size === 0) return { kind: 'closed' };
    const typed = text.replace(/[\s-]/g, '');
    const open = this.#open.get(typed);
    if (open) {
      this.#open.delete(typed);
      return { kind: 'paired', role: open.role };
    }
    this.#left -= 1;
    if (this.#left === 0) this.#open.clear();
    return { kind: 'wrong', left: this.#left };
  }

  #issue(role: Role, ttlMs: number): string {
    const code = Math.floor(this.#random() * 10 ** DIGITS)
      .toString()
      .padStart(DIGITS, '0');
    this.#forgetExpired();
    this.#open.set(code, { role, untilMs: this.#clock.monotonicMs() + ttlMs });
    for (const oldest of this.#open.keys()) {
      if (this.#open.size <= OPEN_MAX) break;
      this.#open.delete(oldest);
    }
    this.#left = PAIRING_TRIES;
    return `${code.slice(0, 3)}-${code.slice(3)}`;
  }

  #forgetExpired(): void {
    const now = this.#clock.monotonicMs();
    for (const [code, { untilMs }] of this.#open) if (now >= untilMs) this.#open.delete(code);
  }
}
