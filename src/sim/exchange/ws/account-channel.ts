/** Channel 0: authentication, snapshots, and what happens to the account as frames. */
import { z } from 'zod';
import type { SimOrder, World, WorldEvent } from '../core/index.ts';
import { accountTotals, cancelOrder, markOf } from '../core/index.ts';
import { Refusal } from '../rest/refusal.ts';
import {
  derivativesWalletRow,
  exchangeWalletRow,
  orderRow,
  tradeRow,
} from '../rows/account-rows.ts';
import { closedFrameRow, figuresOf, positionFrameRow, type Row } from '../rows/position-row.ts';
import type { Venue } from '../venue.ts';
import type { Session } from './session.ts';

const USER_ID = 1_000_001;
const DEAD_MAN = 4;

const authSchema = z.object({
  apiKey: z.string(),
  authNonce: z.union([z.string(), z.number()]),
  authPayload: z.string().min(1).max(200),
  authSig: z.string(),
  filter: z.array(z.string()).nullish(),
  dms: z.number().nullish(),
});

/** Answers `auth`. Without a `filter` everything is sent. */
export function authenticate(venue: Venue, session: Session, input: object): void {
  const fail = (code: number, msg: string): void => {
    session.sendEvent({ event: 'auth', status: 'FAILED', chanId: 0, code, msg });
  };
  const parsed = authSchema.safeParse(input);
  if (!parsed.success) {
    fail(10_111, 'auth: payload invalid');
    return;
  }
  if (session.isAuthenticated) {
    fail(10_100, 'already authenticated');
    return;
  }
  const { apiKey, authNonce, authPayload, authSig, filter, dms } = parsed.data;
  const nonce = String(authNonce);
  try {
    venue.keys.check({ apiKey, nonce, signature: authSig, payloads: [authPayload] });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    fail(error.code, error.text);
    return;
  }
  session.isAuthenticated = true;
  session.isDeadMan = dms === DEAD_MAN;
  session.filter = filter && filter.length > 0 ? new Set(filter) : null;
  session.sendEvent({
    event: 'auth',
    status: 'OK',
    chanId: 0,
    userId: USER_ID,
    auth_id: `sim-${nonce}`,
    caps: capabilities(),
  });
  snapshots(venue.world, session);
}

function capabilities(): object {
  const none = { read: 0, write: 0 };
  const read = { read: 1, write: 0 };
  const both = { read: 1, write: 1 };
  return {
    bfxpay: none,
    orders: both,
    account: read,
    funding: none,
    history: read,
    wallets: read,
    settings: none,
    withdraw: none,
    positions: both,
    ui_withdraw: none,
  };
}

export function snapshots(world: World, session: Session): void {
  const positions = [...world.positions.values()];
  const orders = [...world.activeOrders.values()];
  send(
    session,
    'ps',
    positions.map((position) => positionFrameRow(position, null, null)),
  );
  send(session, 'ws', [exchangeWalletRow(false), derivativesWalletRow(world, false)]);
  send(
    session,
    'os',
    orders.map((order) => orderRow(order, symbolOf(world, order))),
  );
  send(session, 'bu', balanceRow(world));
}

/**
 * What happened, as frames. A trade's `tu` comes after the wallet frame that follows it and `bu`
 * comes last, in the order recorded live: wu, te, oc, wu, tu, bu.
 */
export function announce(world: World, session: Session, events: readonly WorldEvent[]): void {
  let updates: Row[] = [];
  let isBalanceDue = false;
  const sendUpdates = (): void => {
    for (const row of updates) send(session, 'tu', row);
    updates = [];
  };
  for (const event of events) {
    if (event.type === 'wallet') {
      send(session, 'wu', derivativesWalletRow(world, false));
      sendUpdates();
      isBalanceDue = true;
    } else if (event.type === 'trade') {
      const symbol = symbolOf(world, event.trade);
      send(session, 'te', tradeRow(event.trade, symbol, false));
      updates.push(tradeRow(event.trade, symbol));
    } else if (event.type === 'position') {
      send(session, ...positionFrame(world, event));
    } else if (event.type === 'order') {
      const type = event.change === 'new' ? 'on' : 'oc';
      send(session, type, orderRow(event.order, symbolOf(world, event.order)));
    } else if (event.type === 'book') {
      snapshots(world, session);
    }
  }
  sendUpdates();
  if (isBalanceDue) send(session, 'bu', balanceRow(world));
}

function positionFrame(
  world: World,
  { change, position, reason }: Extract<WorldEvent, { type: 'position' }>,
): [string, Row] {
  if (change === 'close') return ['pc', closedFrameRow(position, reason)];
  if (change === 'new') return ['pn', positionFrameRow(position, null, reason)];
  const figures = figuresOf(position, markOf(world, position.index));
  return ['pu', positionFrameRow(position, figures, reason)];
}

/** What `calc` asks for: figures of positions, the available balance, the account's value. */
export function calculate(world: World, session: Session, wanted: string): void {
  const [, symbol] = /^position_(.+)$/.exec(wanted) ?? [];
  if (symbol !== undefined) {
    const position = world.positions.get(world.indexOf.get(symbol) ?? -1);
    if (!position) return;
    const figures = figuresOf(position, markOf(world, position.index));
    send(session, 'pu', positionFrameRow(position, figures, null));
    return;
  }
  if (wanted === 'wallet_margin_USTF0') send(session, 'wu', derivativesWalletRow(world, true));
  else if (wanted === 'balance') send(session, 'bu', balanceRow(world));
}

/** The dead man's switch: all orders of the account go when such a socket closes. */
export function cancelAll(world: World): void {
  for (const id of [...world.activeOrders.keys()]) cancelOrder(world, id);
}

const GROUPS: Readonly<Record<string, string>> = {
  wu: 'wallet',
  ws: 'wallet',
  bu: 'balance',
  n: 'notify',
};

export function send(session: Session, type: string, row: Row): void {
  const group = GROUPS[type] ?? 'trading';
  const { filter } = session;
  const isWanted =
    !filter || [...filter].some((one) => one === group || one.startsWith(`${group}-`));
  if (isWanted) session.sendAccount(type, row);
}

function balanceRow(world: World): Row {
  const { balanceUsd, equityUsd } = accountTotals(world);
  return [balanceUsd, equityUsd];
}

function symbolOf(world: World, { index }: Pick<SimOrder, 'index'>): string {
  return world.market.contracts[index]?.symbol ?? '';
}
