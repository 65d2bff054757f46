/** Signed reads of the account: positions, wallets, rights of the key. */
import { z } from 'zod';
import { markOf } from '../core/index.ts';
import { derivativesWalletRow, exchangeWalletRow } from '../rows/account-rows.ts';
import { closedPositionRow, positionRow, snapshotRow } from '../rows/position-row.ts';
import { type Call, contractAt, indexOf, readBody, symbolAt } from './call.ts';
import { ERR_PARAMS, Refusal } from './refusal.ts';

const HISTORY_MAX = 500;
const HISTORY_DEFAULT = 50;

export function positions({ world }: Call): unknown {
  return [...world.positions.values()].map((position) =>
    positionRow(position, markOf(world, position.index)),
  );
}

const spanSchema = z.object({
  start: z.number().nullish(),
  end: z.number().nullish(),
  limit: z.number().int().min(1).max(HISTORY_MAX).nullish(),
});

export function positionsSnapshot(call: Call): unknown {
  readBody(spanSchema, call);
  return [...call.world.positions.values()].map(snapshotRow);
}

export function positionsHistory(call: Call): unknown {
  const { start, end, limit } = readBody(spanSchema, call);
  const { world } = call;
  return world.closed
    .filter(({ closedAt }) => closedAt >= (start ?? 0) && closedAt <= (end ?? Infinity))
    .reverse()
    .slice(0, limit ?? HISTORY_DEFAULT)
    .map((position) => closedPositionRow(position, symbolAt(world, position.index)));
}

export function wallets({ world, faults, path }: Call): unknown {
  const isKnown = faults.strike('null_balance', path) === undefined;
  return [exchangeWalletRow(isKnown), derivativesWalletRow(world, isKnown)];
}

/** The demo key can trade and read, and cannot withdraw. */
export function permissions(): unknown {
  return [
    ['account', 1, 0],
    ['history', 1, 0],
    ['orders', 1, 1],
    ['positions', 1, 1],
    ['funding', 0, 0],
    ['settings', 0, 0],
    ['wallets', 1, 0],
    ['withdraw', 0, 0],
    ['ui_withdraw', 0, 0],
    ['bfxpay', 0, 0],
  ];
}

const availableSchema = z.object({
  symbol: z.string(),
  type: z.enum(['EXCHANGE', 'MARGIN', 'DERIV', 'FUNDING']),
  dir: z.union([z.literal(1), z.literal(-1)]).optional(),
  rate: z.union([z.string(), z.number()]).optional(),
  lev: z.union([z.string(), z.number()]).optional(),
});

/** The largest order the free balance pays for, in base units: not the free balance itself. */
export function orderAvailable(call: Call): unknown {
  const { symbol, type, dir, rate, lev } = readBody(availableSchema, call);
  if (type !== 'DERIV') throw new Refusal(ERR_PARAMS, 'type: invalid');
  const { world } = call;
  const index = indexOf(world, symbol);
  const contract = contractAt(world, index);
  const price = rate === undefined ? markOf(world, index) : Number(rate);
  const leverage = Math.min(Number(lev ?? 10), 1 / contract.initialRate);
  if (!(price > 0 && leverage >= 1)) throw new Refusal(ERR_PARAMS, 'rate: invalid');
  const cost = price * (1 / leverage + world.rules.takerFeeRate);
  const free = Math.max(0, world.ledger.free.units / 1e8);
  return [Number(((dir ?? 1) * (free / cost)).toFixed(8))];
}
