/**
 * Permissions behind buttons, in the order the desk asks for: issue, send, bind. A press that comes
 * before the binding, because a finger was faster than Telegram's answer, waits for it.
 */
import type {
  TicketAction,
  TicketDesk,
  TicketPresented,
  TicketVerdict,
} from '../../engine/door.ts';
import type { Clock } from '../../ports/clock.ts';
import { within } from '../within.ts';

export interface TicketWish {
  readonly action: TicketAction;
  readonly subject: string;
}

interface Unbound {
  readonly bound: Promise<void>;
  readonly settle: () => void;
}

const UNBOUND_MAX = 500;
const BIND_WAIT_MS = 2_000;

export class Tickets {
  readonly #desk: TicketDesk;
  readonly #clock: Clock;
  readonly #onError: (error: unknown) => void;
  readonly #unbound = new Map<string, Unbound>();

  constructor(desk: TicketDesk, clock: Clock, onError: (error: unknown) => void) {
    this.#desk = desk;
    this.#clock = clock;
    this.#onError = onError;
  }

  /** One nonce per wish, in order, for one person in one chat. Rejects when the disk fails. */
  async issue(
    userId: number,
    chatId: number,
    ttlMs: number,
    wishes: readonly TicketWish[],
  ): Promise<readonly string[]> {
    const nonces = await Promise.all(
      wishes.map((wish) => this.#desk.issue({ ...wish, userId, chatId, ttlMs })),
    );
    for (const nonce of nonces) this.#remember(nonce);
    return nonces;
  }

  /** Ties nonces to the message that shows them. */
  bind(nonces: readonly string[], messageId: number): void {
    this.#desk.bind(nonces, messageId).catch(this.#onError);
    for (const nonce of nonces) {
      this.#unbound.get(nonce)?.settle();
      this.#unbound.delete(nonce);
    }
  }

  async redeem(nonce: string, presented: TicketPresented): Promise<TicketVerdict> {
    const unbound = this.#unbound.get(nonce);
    if (unbound) await within(this.#clock, BIND_WAIT_MS, unbound.bound);
    return this.#desk.redeem(nonce, presented);
  }

  #remember(nonce: string): void {
    let settle = () => {};
    const bound = new Promise<void>((resolve) => {
      settle = resolve;
    });
    this.#unbound.set(nonce, { bound, settle });
    for (const oldest of this.#unbound.keys()) {
      if (this.#unbound.size <= UNBOUND_MAX) return;
      this.#unbound.delete(oldest);
    }
  }
}
