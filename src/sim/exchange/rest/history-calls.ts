/** Finding orders and trades again: active orders, order history, trades. */
import { z } from 'zod';
import { DAY_MS, utcDay } from '../../../core/time.ts';
import { type World, wireNow } from '../core/index.ts';
import { orderRow, tradeRow } from '../rows/account-rows.ts';
import { type Call, indexOf, readBody, symbolAt } from './call.ts';
import { ERR_PARAMS, Refusal } from './refusal.ts';

const ROWS_MAX = 2_500;
const ROWS_DEFAULT = 25;
const TRADES_DEFAULT = 125;
/** Ended orders are shown for two weeks. */
const ORDERS_KEPT_MS = 14 * DAY_MS;

const activeSchema = z.object({
  id: z.array(z.number().int()).optional(),
  gid: z.number().int().optional(),
  cid: z.number().int().optional(),
  cid_date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
});

/** Active orders only: a filled one is already gone. `cid` needs its `cid_date`. */
export function activeOrders(call: Call): unknown {
  const { id, gid, cid, cid_date } = readBody(activeSchema, call);
  if (cid !== undefined && cid_date === undefined) {
    throw new Refusal(ERR_PARAMS, 'cid_date: invalid');
  }
  const { world } = call;
  const wanted = symbolFilter(world, call.params[0]);
  const visible = visibility(call);
  return [...world.activeOrders.values()]
    .filter((order) => wanted(order.index) && visible(order.createdAt))
    .filter((order) => !id || id.includes(order.id))
    .filter((order) => gid === undefined || order.gid === gid)
    .filter((order) => cid === undefined || order.cid === cid)
    .filter((order) => cid_date === undefined || utcDay(order.createdAt) === cid_date)
    .map((order) => orderRow(order, symbolAt(world, order.index)));
}

const historySchema = z.object({
  start: z.number().nullish(),
  end: z.number().nullish(),
  limit: z.number().int().min(1).max(ROWS_MAX).nullish(),
  id: z.array(z.number().int()).optional(),
  sort: z.union([z.literal(1), z.literal(-1)]).optional(),
});

/** Ended orders, newest first, by the time of their creation. */
export function orderHistory(call: Call): unknown {
  const { start, end, limit, id } = readBody(historySchema, call);
  const { world } = call;
  const wanted = symbolFilter(world, call.params[0]);
  const visible = visibility(call);
  const oldest = Math.max(start ?? 0, wireNow(world) - ORDERS_KEPT_MS);
  return world.orders
    .filter(({ index, createdAt }) => wanted(index) && visible(createdAt) && createdAt >= oldest)
    .filter((order) => order.createdAt <= (end ?? Infinity))
    .filter((order) => !id || id.includes(order.id))
    .sort((a, b) => b.createdAt - a.createdAt || b.id - a.id)
    .slice(0, limit ?? ROWS_DEFAULT)
    .map((order) => orderRow(order, symbolAt(world, order.index)));
}

export function tradeHistory(call: Call): unknown {
  const { start, end, limit, sort } = readBody(historySchema, call);
  const { world } = call;
  const wanted = symbolFilter(world, call.params[0]);
  const visible = visibility(call);
  const found = world.trades
    .filter(({ index, at }) => wanted(index) && visible(at) && at >= (start ?? 0))
    .filter(({ at }) => at <= (end ?? Infinity));
  if (sort !== 1) found.reverse();
  return found
    .slice(0, limit ?? TRADES_DEFAULT)
    .map((trade) => tradeRow(trade, symbolAt(world, trade.index)));
}

function symbolFilter(world: World, symbol: string | undefined): (index: number) => boolean {
  if (symbol === undefined) return () => true;
  const wanted = indexOf(world, symbol);
  return (index) => index === wanted;
}

/** What came while the fault is on stays hidden. */
function visibility({ faults, path }: Call): (at: number) => boolean {
  const hidden = faults.strike('hidden_orders', path);
  return hidden ? (at) => at < hidden.since : () => true;
}
