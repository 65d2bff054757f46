/**
 * Single-use permissions behind chat buttons. A button carries a nonce only; what it may do, for
 * whom, on which message and until when is kept here. Pure: events in, state and verdicts out, so
 * that replaying the journal rebuilds the same state.
 */
export interface Ticket {
  readonly nonce: string;
  /** Tickets of one message share a group: spending one spends all. */
  readonly group: string;
  readonly action: string;
  readonly subject: string;
  readonly userId: number;
  readonly chatId: number;
  readonly messageId: number | null;
  readonly expiresAt: number;
  readonly used: { readonly by: number; readonly at: number } | null;
}

export type TicketState = ReadonlyMap<string, Ticket>;

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

/** Adds a ticket and forgets those long expired; the oldest go first when the table is full. */
export function issue(state: TicketState, ticket: Ticket, now: number): TicketState {
  const next = new Map<string, Ticket>();
  for (const [nonce, known] of state) {
    if (known.expiresAt + MEMORY_AFTER_EXPIRY_MS > now) next.set(nonce, known);
  }
  next.set(ticket.nonce, ticket);
  for (const nonce of next.keys()) {
    if (next.size <= TICKETS_MAX) break;
    next.delete(nonce);
  }
  return next;
}

/** Ties tickets to their message and to each other. */
export function bind(
  state: TicketState,
  nonces: readonly string[],
  messageId: number,
): TicketState {
  const next = new Map(state);
  const group = nonces[0] ?? '';
  for (const nonce of nonces) {
    const ticket = next.get(nonce);
    if (ticket) next.set(nonce, { ...ticket, messageId, group });
  }
  return next;
}

/** Judges a press without spending the ticket. A ticket not yet bound to a message is foreign. */
export function judge(
  state: TicketState,
  nonce: string,
  presented: Presented,
  now: number,
): Verdict {
  const ticket = state.get(nonce);
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
export function spend(state: TicketState, nonce: string, by: number, at: number): TicketState {
  const group = state.get(nonce)?.group;
  const next = new Map(state);
  for (const [key, ticket] of state) {
    if (key === nonce || (group && ticket.group === group)) {
      next.set(key, { ...ticket, used: { by, at } });
    }
  }
  return next;
}
