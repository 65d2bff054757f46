/** What clients send over a WebSocket: events as objects, orders and `calc` as arrays. */
import { z } from 'zod';
import { wireNow } from '../core/index.ts';
import { SlidingCount } from '../rest/limits.ts';
import { orderCancel, orderSubmit } from '../rest/order-calls.ts';
import { ERR_RATE, Refusal } from '../rest/refusal.ts';
import { type Notification, notificationRow } from '../rows/account-rows.ts';
import type { Row } from '../rows/position-row.ts';
import type { Venue } from '../venue.ts';
import { authenticate, calculate, send } from './account-channel.ts';
import { subscribe, unsubscribe } from './channels.ts';
import type { Session } from './session.ts';

const ERR_UNKNOWN_EVENT = 10_000;
const AUTH_MOST = 5;
const AUTH_WINDOW_MS = 15_000;
const CALC_BATCH_MAX = 30;
const CALC_PER_SECOND = 8;

const eventSchema = z.looseObject({ event: z.string() });
const inputSchema = z.tuple([z.literal(0), z.string(), z.null(), z.unknown()]);
const calcSchema = z.array(z.array(z.string()).min(1));

export class Inputs {
  readonly #venue: Venue;
  readonly #auths = new SlidingCount();
  readonly #calcs = new WeakMap<Session, SlidingCount>();
  #channelId = 100;

  constructor(venue: Venue) {
    this.#venue = venue;
  }

  take(session: Session, text: string): void {
    const message = parsed(text);
    const event = eventSchema.safeParse(message);
    const input = inputSchema.safeParse(message);
    this.#venue.requests.add({
      ms: this.#venue.clock.now(),
      method: 'WS',
      path: `/ws/2 ${event.data?.event ?? input.data?.[1] ?? 'unknown'}`,
      query: '',
      body: event.data ? withoutKeys(event.data) : (message ?? text.slice(0, 200)),
    }).outcome = 'received';
    if (event.success) this.#event(session, event.data);
    else if (input.success) this.#input(session, input.data[1], input.data[3]);
    else unknownEvent(session);
  }

  #event(session: Session, message: z.infer<typeof eventSchema>): void {
    const { world, clock } = this.#venue;
    switch (message.event) {
      case 'ping':
        session.sendEvent({ event: 'pong', ts: clock.now(), cid: message['cid'] ?? null });
        return;
      case 'conf': {
        session.flags = Number(message['flags'] ?? 0) | 0;
        session.sendEvent({ event: 'conf', status: 'OK', flags: session.flags });
        return;
      }
      case 'subscribe':
        this.#venue.catchUp();
        subscribe(session, world, message, () => {
          this.#channelId += 1;
          return this.#channelId;
        });
        return;
      case 'unsubscribe':
        unsubscribe(session, { chanId: message['chanId'] });
        return;
      case 'auth':
        this.#auth(session, message);
        return;
      default:
        unknownEvent(session);
        return;
    }
  }

  #auth(session: Session, message: object): void {
    const now = this.#venue.clock.monotonicMs();
    if (this.#auths.take(now, AUTH_MOST * this.#venue.limits.factor, AUTH_WINDOW_MS)) {
      this.#venue.catchUp();
      authenticate(this.#venue, session, message);
      return;
    }
    const failure = { status: 'FAILED', chanId: 0, code: ERR_RATE, msg: 'ratelimit: error' };
    session.sendEvent({ event: 'auth', ...failure });
  }

  #input(session: Session, type: string, body: unknown): void {
    if (!session.isAuthenticated) {
      unknownEvent(session);
      return;
    }
    this.#venue.catchUp();
    if (type === 'calc') {
      this.#calc(session, body);
      return;
    }
    const { world, faults } = this.#venue;
    const call = { world, faults, body, path: '/ws/2', params: [], query: new URLSearchParams() };
    const at = wireNow(world);
    if (type === 'on')
      send(
        session,
        'n',
        notified(() => orderSubmit(call), 'on-req', at),
      );
    else if (type === 'oc')
      send(
        session,
        'n',
        notified(() => orderCancel(call), 'oc-req', at),
      );
    else unknownEvent(session);
    this.#venue.flush();
  }

  /** What is beyond 30 a batch or 8 a second is not calculated. */
  #calc(session: Session, body: unknown): void {
    const wanted = calcSchema.safeParse(body);
    if (!wanted.success) {
      unknownEvent(session);
      return;
    }
    const count = this.#calcs.get(session) ?? new SlidingCount();
    this.#calcs.set(session, count);
    if (!count.take(this.#venue.clock.monotonicMs(), CALC_PER_SECOND, 1_000)) {
      session.sendEvent({ event: 'error', msg: 'ratelimit: calc', code: ERR_RATE });
      return;
    }
    for (const [name = ''] of wanted.data.slice(0, CALC_BATCH_MAX)) {
      calculate(this.#venue.world, session, name);
    }
  }
}

function notified(run: () => unknown, type: Notification['type'], at: number): Row {
  try {
    return run() as Row;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return notificationRow({ type, at, data: null, status: 'ERROR', text: error.text });
  }
}

function unknownEvent(session: Session): void {
  session.sendEvent({ event: 'error', msg: 'event: unknown', code: ERR_UNKNOWN_EVENT });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function withoutKeys(message: object): object {
  return { ...message, ...('authSig' in message ? { authSig: '…', apiKey: '…' } : {}) };
}
