/**
 * Single-use permissions behind chat buttons. A button carries a nonce only; what it may do, for
 * whom, on which message and until when is kept here. Replaying the journal's records of tickets
 * rebuilds the same table; each record costs the same, however many came before.
 */
export interface Ticket {
  readonly nonce: string;
  readonly action: string;
  readonly subject: string;
  readonly userId: number;
  readonly chatId: number;
  readonly expiresAt: number;
}

interface Kept extends Ticket {
  messageId: number | null;
  /** Tickets of one message: spending one spends all. */
  together: readonly string[];
  used: { readonly by: number; readonly at: number } | null;
}

export interface Presented {
  readonly userId: number;
  readonly chatId: number;
  readonly messageId: number;
}

export type Verdict =
  | { readonly kind: 'valid'; readonly ticket: Ticket }
  | { readonly kind: 'used'; readonly by: number; readonly at: number }
  | { readonly kind: 'expired' }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'unknown' };

/** Tickets are kept this long after expiry so that a late press gets an answer in words. */
const MEMORY_AFTER_EXPIRY_MS = 24 * 3_600_000;
const TICKETS_MAX = 5_000;

export class TicketTable {
  /** In the order they were issued. */
  readonly #tickets = new Map<string, Kept>();

  get size(): number {
    return this.#tickets.size;
  }

  /** Adds a ticket and forgets the oldest: those long expired, and more when the table is full. */
  issue(ticket: Ticket, now: number): void {
    for (const [nonce, known] of this.#tickets) {
      const isForgotten = known.expiresAt + MEMORY_AFTER_EXPIRY_MS <= now;
      if (!isForgotten && this.#tickets.size < TICKETS_MAX) break;
      this.#tickets.delete(nonce);
    }
    const { nonce } = ticket;
    this.#tickets.set(nonce, { ...ticket, messageId: null, together: [nonce], used: null });
  }

  /** Ties tickets to their message and to each other. */
  bind(nonces: readonly string[], messageId: number): void {
    for (const nonce of nonces) {
      const ticket = this.#tickets.get(nonce);
      if (!ticket) continue;
      ticket.messageId = messageId;
      ticket.together = nonces;
    }
  }

  /** Judges a press without spending the ticket. A ticket not yet bound to a message is foreign. */
  judge(nonce: string, presented: Presented, now: number): Verdict {
    const ticket = this.#tickets.get(nonce);
    if (!ticket) return { kind: 'unknown' };
    const foreign =
      ticket.userId !== presented.userId ||
      ticket.chatId !== presented.chatId ||
      ticket.messageId !== presented.messageId;
    if (foreign) return { kind: 'foreign' };
    if (ticket.used) return { kind: 'used', ...ticket.used };
    if (now >= ticket.expiresAt) return { kind: 'expired' };
    return { kind: 'valid', ticket };
  }

  /** Spends a ticket together with the others of its message. */
  spend(nonce: string, by: number, at: number): void {
    for (const other of this.#tickets.get(nonce)?.together ?? []) {
      const ticket = this.#tickets.get(other);
      if (ticket) ticket.used = { by, at };
    }
  }
}
