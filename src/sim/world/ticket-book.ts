/**
 * Button permissions as the journal tells them, and how each press must be answered: a ticket
 * that is on disk works after any restart, once, for whom it was made out and on its message.
 */
import { z } from 'zod';
import { DAY_MS } from '../../core/time.ts';
import type { TicketPresented, TicketVerdict } from '../../engine/index.ts';
import type { DurableRecord } from './journal-watch.ts';
import type { Report } from './report.ts';

const issuedSchema = z.object({
  nonce: z.string(),
  userId: z.number(),
  chatId: z.number(),
  expiresAt: z.number(),
});
const boundSchema = z.object({ nonces: z.array(z.string()), messageId: z.number() });
const spentSchema = z.object({ nonce: z.string() });

/** The buttons of one message. */
interface Message {
  isSpent: boolean;
  /** How often a press was told that it counts. */
  counted: number;
  /** Presses that have not been answered yet, and those that never will be: their life is over. */
  underWay: number;
}

interface Kept extends z.infer<typeof issuedSchema> {
  messageId: number | null;
  message: Message;
}

export interface Press {
  readonly nonce: string;
  readonly presented: TicketPresented;
  readonly now: number;
  readonly expected: TicketVerdict['kind'];
}

const newMessage = (): Message => ({ isSpent: false, counted: 0, underWay: 0 });

export class TicketBook {
  readonly #report: Report;
  readonly #tickets = new Map<string, Kept>();

  constructor(report: Report) {
    this.#report = report;
  }

  onRecord({ type, body }: DurableRecord): void {
    if (type === 'ticket_issued') {
      const issued = issuedSchema.parse(body);
      this.#tickets.set(issued.nonce, { ...issued, messageId: null, message: newMessage() });
    } else if (type === 'ticket_bound') {
      const { nonces, messageId } = boundSchema.parse(body);
      const message = newMessage();
      for (const nonce of nonces) {
        const ticket = this.#tickets.get(nonce);
        if (ticket) Object.assign(ticket, { messageId, message });
      }
    } else if (type === 'ticket_spent') {
      const ticket = this.#tickets.get(spentSchema.parse(body).nonce);
      if (ticket) ticket.message.isSpent = true;
    }
  }

  /** Somebody is about to press; `now` is what the service's clock says. */
  press(nonce: string, presented: TicketPresented, now: number): Press {
    const ticket = this.#tickets.get(nonce);
    const press = { nonce, presented, now, expected: expectedOf(ticket, presented, now) };
    if (ticket) ticket.message.underWay += 1;
    return press;
  }

  answered({ nonce, now, expected }: Press, verdict: TicketVerdict): void {
    const ticket = this.#tickets.get(nonce);
    if (!ticket) return;
    const { message } = ticket;
    message.underWay -= 1;
    const isLost = now >= ticket.expiresAt + DAY_MS && verdict.kind === 'unknown';
    const isOvertaken = verdict.kind === 'used' && expected === 'valid' && message.underWay > 0;
    if (verdict.kind !== expected && !isLost && !isOvertaken) {
      this.#report.violation('ticket', `${nonce} is ${expected}, was told ${verdict.kind}`);
    }
    if (verdict.kind !== 'valid') return;
    message.counted += 1;
    if (!message.isSpent) this.#report.violation('ticket', `${nonce} counts, not on disk`);
    if (message.counted > 1) {
      this.#report.violation('ticket', `${nonce} counts ${message.counted} times`);
    }
  }
}

function expectedOf(
  ticket: Kept | undefined,
  presented: TicketPresented,
  now: number,
): TicketVerdict['kind'] {
  if (!ticket) return 'unknown';
  const isRight =
    ticket.userId === presented.userId &&
    ticket.chatId === presented.chatId &&
    ticket.messageId === presented.messageId;
  if (!isRight) return 'foreign';
  if (ticket.message.isSpent) return 'used';
  return now >= ticket.expiresAt ? 'expired' : 'valid';
}
