/** Every path the simulator answers, with the documented limits per minute. */
import {
  orderAvailable,
  permissions,
  positions,
  positionsHistory,
  positionsSnapshot,
  wallets,
} from './account-calls.ts';
import type { Route } from './call.ts';
import { collateralLimits, collateralSet } from './collateral-calls.ts';
import { activeOrders, orderHistory, tradeHistory } from './history-calls.ts';
import { orderCancel, orderSubmit } from './order-calls.ts';
import { PUBLIC_ROUTES } from './public-calls.ts';

export const SIGNED_PREFIX = '/v2/auth/';
const PER_MINUTE = 90;
const TRADES_PER_MINUTE = 15;

/** `path` is what follows `/v2/auth/`; `SYMBOL` in it is captured. */
function signed(path: string, handle: Route['handle'], perMinute = PER_MINUTE): Route {
  const pattern = new RegExp(
    `^${SIGNED_PREFIX}${path.replace('SYMBOL', '(t[A-Z0-9]+:[A-Z0-9]+)')}$`,
  );
  return { method: 'POST', pattern, bucket: path.replace('/SYMBOL', ''), perMinute, handle };
}

const ROUTES: readonly Route[] = [
  ...PUBLIC_ROUTES,
  signed('r/positions', positions),
  signed('r/positions/snap', positionsSnapshot),
  signed('r/positions/hist', positionsHistory),
  signed('r/wallets', wallets),
  signed('r/permissions', permissions),
  signed('w/deriv/collateral/set', collateralSet),
  signed('calc/deriv/collateral/limits', collateralLimits),
  signed('calc/order/avail', orderAvailable),
  signed('w/order/submit', orderSubmit),
  signed('w/order/cancel', orderCancel),
  signed('r/orders', activeOrders),
  signed('r/orders/SYMBOL', activeOrders),
  signed('r/orders/hist', orderHistory),
  signed('r/orders/SYMBOL/hist', orderHistory),
  signed('r/trades/hist', tradeHistory, TRADES_PER_MINUTE),
  signed('r/trades/SYMBOL/hist', tradeHistory, TRADES_PER_MINUTE),
];

export interface Match {
  readonly route: Route;
  readonly params: readonly string[];
}

/** @param path decoded, without the query */
export function matchRoute(method: string, path: string): Match | undefined {
  for (const route of ROUTES) {
    const found = route.method === method ? route.pattern.exec(path) : null;
    if (found) return { route, params: found.slice(1) };
  }
  return undefined;
}
