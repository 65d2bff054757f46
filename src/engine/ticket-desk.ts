/** The journalled side of button permissions; the rules are in `risk/tickets`. */
import type { Clock, Random } from '../ports/clock.ts';
import type { Journal } from '../ports/journal.ts';
import type { TicketTable } from '../risk/index.ts';
import type {
  TicketAction,
  TicketDesk,
  TicketPresented,
  TicketRequest,
  TicketVerdict,
} from './door.ts';
import { randomId } from './ids.ts';
import { RECORD } from './records.ts';

const NONCE_LENGTH = 10;

export interface TicketDeskDeps {
  readonly table: TicketTable;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly random: Random;
}

export function createTicketDesk(deps: TicketDeskDeps): TicketDesk {
  const { table, journal, clock, random } = deps;

  async function issue(request: TicketRequest): Promise<string> {
    const nonce = randomId(random, NONCE_LENGTH);
    const now = clock.now();
    const { action, subject, userId, chatId } = request;
    const body = { nonce, action, subject, userId, chatId, expiresAt: now + request.ttlMs };
    await journal.append({ type: RECORD.ticketIssued, body });
    table.issue(body, now);
    return nonce;
  }

  async function bind(nonces: readonly string[], messageId: number): Promise<void> {
    // The binding counts at once: a fast finger must not be refused while the disk is busy.
    table.bind(nonces, messageId);
    await journal.append({ type: RECORD.ticketBound, body: { nonces, messageId } });
  }

  async function redeem(nonce: string, presented: TicketPresented): Promise<TicketVerdict> {
    const now = clock.now();
    const verdict = table.judge(nonce, presented, now);
    if (verdict.kind !== 'valid') return verdict;
    // Spent before the first wait: a second press of the same moment finds it used.
    table.spend(nonce, presented.userId, now);
    await journal.append({ type: RECORD.ticketSpent, body: { nonce, by: presented.userId } });
    const { action, subject } = verdict.ticket;
    return { kind: 'valid', action: action as TicketAction, subject };
  }

  return { issue, bind, redeem };
}
