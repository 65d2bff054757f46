/** From a press to its handler: own buttons by action, tickets by what they permit. */
import type { MiddlewareFn } from 'grammy';
import type { TicketAction, TicketVerdict } from '../../engine/door.ts';
import { type BotContext, type Request, requestOf, type Services } from '../context.ts';
import type { Guard } from '../people/guards.ts';
import { allows, type Role } from '../people/roles.ts';
import { audit, toast } from '../reply.ts';
import { moment } from '../views/times.ts';
import { type ButtonAction, decodePress } from './codec.ts';

export interface Press {
  readonly messageId: number;
  /** The button's argument, or what the ticket is about. */
  readonly subject: string;
}

export interface PressHandler {
  readonly role: Role;
  readonly run: (request: Request, press: Press) => void | Promise<void>;
}

export type PressTable = Readonly<Record<Exclude<ButtonAction, 'ticket'>, PressHandler>>;
export type TicketTable = Readonly<Record<TicketAction, PressHandler['run']>>;

/** What a second factor stands before, and who asks for it. */
export interface Guards {
  of(request: Request, action: TicketAction, subject: string): readonly Guard[];
  hold(request: Request, run: () => void | Promise<void>): void;
}

/** All tickets are for people who may act. */
const TICKET_ROLE: Role = 'operator';

export function pressRouter(
  services: Services,
  presses: PressTable,
  tickets: TicketTable,
  guards: Guards,
): MiddlewareFn<BotContext> {
  return async (ctx, next) => {
    const query = ctx.callbackQuery;
    const press = query?.data === undefined ? null : decodePress(query.data);
    const messageId = query?.message?.message_id;
    if (!press || messageId === undefined) return next();
    const request = requestOf(services, ctx);
    const { action, argument } = press;
    const handler = action === 'ticket' ? null : presses[action];
    if (!allows(ctx.person.role, handler?.role ?? TICKET_ROLE)) {
      const role = ctx.t.plain(`role-${handler?.role ?? TICKET_ROLE}`);
      toast(request, ctx, ctx.t.plain('button-forbidden', { role }), true);
      return;
    }
    if (handler) await handler.run(request, { messageId, subject: argument });
    else await redeem(request, argument, messageId, tickets, guards);
  };
}

async function redeem(
  request: Request,
  nonce: string,
  messageId: number,
  table: TicketTable,
  guards: Guards,
): Promise<void> {
  const { ctx, t, person, chatId, tickets } = request;
  const verdict = await tickets.redeem(nonce, { userId: person.id, chatId, messageId });
  if (verdict.kind !== 'valid') {
    toast(request, ctx, refusal(request, verdict), true);
    return;
  }
  toast(request, ctx, t.plain('button-working'));
  const { action, subject } = verdict;
  const run = () => {
    audit(request, action, subject);
    return table[action](request, { messageId, subject });
  };
  // The ticket is spent already: a second press cannot run beside a code that is on its way.
  const wanted = guards.of(request, action, subject);
  if (request.factor.isWanted(wanted, person.id)) guards.hold(request, run);
  else await run();
}

function refusal(request: Request, verdict: Exclude<TicketVerdict, { kind: 'valid' }>): string {
  const { t, directory, clock } = request;
  if (verdict.kind !== 'used') return t.plain(`ticket-${verdict.kind}`);
  const name = directory.find(verdict.by)?.name ?? String(verdict.by);
  return t.plain('ticket-used', { name, time: moment(verdict.at, clock.now(), t) });
}
