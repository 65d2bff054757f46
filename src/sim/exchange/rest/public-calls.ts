/** Public endpoints: platform, configuration, tickers, derivative status, candles. */
import { candleRow, pairInfoRow, pairOf, statusRow, tickerPayload } from '../rows/market-rows.ts';
import { type Call, indexOf, type Route, symbolAt } from './call.ts';
import { ERR_PARAMS, Refusal } from './refusal.ts';

const CANDLES_MAX = 10_000;
const CANDLES_DEFAULT = 100;
const WHOLE = /^-?\d{1,15}$/;

function platformStatus({ faults, path }: Call): unknown {
  return faults.strike('maintenance', path) ? [0] : [1];
}

function conf({ world, params }: Call): unknown {
  const { contracts } = world.market;
  return (params[0] ?? '').split(',').map((key) => {
    if (key === 'pub:list:pair:futures') return contracts.map(pairOf);
    if (key === 'pub:info:pair:futures') return contracts.map(pairInfoRow);
    throw new Refusal(ERR_PARAMS, 'key: invalid');
  });
}

/** Unknown symbols are left out, as the venue does. */
function wantedIndexes({ world, query }: Call, name: string): number[] {
  const wanted = query.get(name);
  if (!wanted) throw new Refusal(ERR_PARAMS, `${name}: invalid`);
  if (wanted === 'ALL') return world.market.contracts.map((_, index) => index);
  return wanted
    .split(',')
    .map((symbol) => world.indexOf.get(symbol))
    .filter((index) => index !== undefined);
}

function derivativeStatus(call: Call): unknown {
  const { world } = call;
  const rows = wantedIndexes(call, 'keys').map((index) => {
    const contract = world.market.contracts[index];
    return contract ? statusRow(world, contract, index) : [];
  });
  return rows;
}

function tickers(call: Call): unknown {
  const { world } = call;
  return wantedIndexes(call, 'symbols').map((index) => [
    symbolAt(world, index),
    ...tickerPayload(world, index),
  ]);
}

function ticker({ world, params }: Call): unknown {
  return tickerPayload(world, indexOf(world, params[0] ?? ''));
}

function candles({ world, params, query }: Call): unknown {
  const [timeFrame = '', symbol = '', section = ''] = params;
  const bars = world.candles?.candles(indexOf(world, symbol), timeFrame);
  if (!bars) throw new Refusal(ERR_PARAMS, 'timeframe: invalid');
  if (section === 'last') return bars.slice(-1).map(candleRow)[0] ?? [];
  const limit = whole(query, 'limit', CANDLES_DEFAULT);
  if (limit < 1 || limit > CANDLES_MAX) throw new Refusal(ERR_PARAMS, 'limit: invalid');
  const from = whole(query, 'start', 0);
  const to = whole(query, 'end', Number.MAX_SAFE_INTEGER);
  const found = bars.filter(({ at }) => at >= from && at <= to);
  if (whole(query, 'sort', -1) !== 1) found.reverse();
  return found.slice(0, limit).map(candleRow);
}

function whole(query: URLSearchParams, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === null || text === '') return fallback;
  if (!WHOLE.test(text)) throw new Refusal(ERR_PARAMS, `${name}: invalid`);
  return Number(text);
}

const get = (
  pattern: RegExp,
  bucket: string,
  perMinute: number,
  handle: Route['handle'],
): Route => ({ method: 'GET', pattern, bucket, perMinute, handle });

export const PUBLIC_ROUTES: readonly Route[] = [
  get(/^\/v2\/platform\/status$/, 'platform', 30, platformStatus),
  get(/^\/v2\/conf\/([^/]+)$/, 'conf', 90, conf),
  get(/^\/v2\/tickers$/, 'tickers', 30, tickers),
  get(/^\/v2\/ticker\/([^/]+)$/, 'tickers', 30, ticker),
  get(/^\/v2\/status\/deriv$/, 'status', 90, derivativeStatus),
  get(/^\/v2\/candles\/trade:(\w+):(t\w+:\w+)\/(hist|last)$/, 'candles', 30, candles),
];
