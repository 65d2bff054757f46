import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cidDays } from '../../../src/venues/bitfinex/order-evidence.ts';
import { BTC, reduceIntent, type Setup, setUp } from './setup.ts';

const ACTIVE = `v2/auth/r/orders/${BTC}`;
const HISTORY = `v2/auth/r/orders/${BTC}/hist`;
const TRADES = `v2/auth/r/trades/${BTC}/hist`;
const CREATED = Date.UTC(2026, 10, 21, 12);
let at: Setup;

beforeEach(async () => {
  at = await setUp();
  for (const path of [ACTIVE, HISTORY, TRADES]) at.server.on(path, () => '[]');
});
afterEach(() => at.close());

interface Row {
  readonly cid?: number;
  readonly remaining?: string;
  readonly ordered?: string;
  readonly status: string;
  readonly average?: string;
  readonly symbol?: string;
}

const order = ({ cid = 77, remaining = '0', ordered = '-0.5', status, ...row }: Row): string =>
  `[9001,null,${cid},"${row.symbol ?? BTC}",${CREATED},${CREATED},${remaining},${ordered},` +
  `"MARKET",null,null,null,1024,"${status}",null,null,0,${row.average ?? '117120.0'},0,0]`;
const trade = (
  id: number,
  amount: string,
  price: string,
  cid: number | null = 77,
  orderId = 9001,
) => `[${id},"${BTC}",${CREATED},${orderId},${amount},${price},"MARKET",0,-1,-0.1,"USTF0",${cid}]`;

const evidence = async () => {
  const found = await at.venue.orderEvidence(reduceIntent({}, CREATED));
  return 'filled' in found
    ? [found.state, found.filled.toFixed(), found.averagePrice.toFixed()]
    : [found.state, ...('reason' in found ? [found.reason] : [])];
};

describe('what became of an order', () => {
  test('an executed order is found in the history by its cid', async () => {
    const other = order({ cid: 78, status: 'CANCELED' });
    const ours = order({ status: 'EXECUTED @ 117120.0(-0.5)' });
    at.server.on(HISTORY, () => `[${other},${ours}]`);
    expect(await evidence()).toEqual(['filled', '0.5', '117120']);
    const body = JSON.parse(at.server.to(HISTORY)[0]?.body ?? '');
    expect(body.start).toBeLessThan(CREATED);
    expect(body.end).toBeGreaterThan(CREATED);
    expect(body.limit).toBeLessThanOrEqual(2_500);
  });

  test.each([
    ['EXECUTED @ 117120.0(-0.2): was PARTIALLY FILLED', '-0.3', 'partly_filled'],
    ['RSN_BOOK_SLIP was: PARTIALLY FILLED @ 117120.0(-0.2)', '-0.3', 'partly_filled'],
    ['CANCELED was: PARTIALLY FILLED @ 117120.0(-0.2)', '-0.3', 'partly_filled'],
    ['INSUFFICIENT BALANCE (U1) was: PARTIALLY FILLED @ 1(-0.2)', '-0.3', 'partly_filled'],
    ['FORCED EXECUTED @ 117120.0(-0.5)', '0', 'filled'],
  ])('%s with %s left is %s', async (status, remaining, state) => {
    at.server.on(HISTORY, () => `[${order({ status, remaining })}]`);
    expect((await evidence())[0]).toBe(state);
  });

  test.each([
    'CANCELED',
    'RSN_POS_REDUCE_FLIP',
    'RSN_POS_REDUCE_INCR',
    'RSN_POS_NOTFOUND',
    'RSN_DUST was: ACTIVE (note: POSCLOSE)',
    'RSN_PAUSE',
    'INSUFFICIENT BALANCE (U1)',
  ])('%s without a fill is cancelled', async (status) => {
    at.server.on(HISTORY, () => `[${order({ status, remaining: '-0.5' })}]`);
    expect(await evidence()).toEqual(['cancelled', status]);
  });

  test('an order among the active ones is open, whatever the history says', async () => {
    at.server.on(ACTIVE, () => `[${order({ status: 'ACTIVE', remaining: '-0.5' })}]`);
    expect(await evidence()).toEqual(['open']);
    expect(JSON.parse(at.server.to(ACTIVE)[0]?.body ?? '')).toEqual({
      cid: 77,
      cid_date: '2026-11-21',
    });
  });

  test('near midnight both days are asked for', async () => {
    expect(cidDays(Date.UTC(2026, 10, 21, 23, 58))).toEqual(['2026-11-21', '2026-11-22']);
    expect(cidDays(Date.UTC(2026, 10, 22, 0, 1))).toEqual(['2026-11-21', '2026-11-22']);
    expect(cidDays(Date.UTC(2026, 10, 21, 12))).toEqual(['2026-11-21']);
  });

  test('the same cid on another symbol is another order', async () => {
    const status = 'EXECUTED @ 1(1)';
    at.server.on(HISTORY, () => `[${order({ status, symbol: 'tETHF0:USTF0' })}]`);
    expect(await evidence()).toEqual(['not_found']);
  });

  test('an executed order without a price takes it from its trades, each once', async () => {
    at.server.on(HISTORY, () => `[${order({ status: 'EXECUTED', average: 'null' })}]`);
    const rows = [trade(1, '-0.2', '100'), trade(2, '-0.3', '200', null), trade(1, '-0.2', '100')];
    const foreign = trade(3, '-9', '1', null, 4);
    at.server.on(TRADES, () => `[${rows.join(',')},${foreign}]`);
    expect(await evidence()).toEqual(['filled', '0.5', '160']);
  });

  test('an executed order whose price nobody tells yet is not decided', async () => {
    at.server.on(HISTORY, () => `[${order({ status: 'EXECUTED', average: 'null' })}]`);
    expect(await evidence()).toEqual(['open']);
  });

  test('trades alone prove a whole fill, but a part of it proves nothing final', async () => {
    at.server.on(TRADES, () => `[${trade(1, '-0.5', '100')}]`);
    expect(await evidence()).toEqual(['filled', '0.5', '100']);
    at.server.on(TRADES, () => `[${trade(1, '-0.4', '100')}]`);
    expect(await evidence()).toEqual(['open']);
  });

  test('found nowhere is said as such', async () => {
    expect(await evidence()).toEqual(['not_found']);
    expect(at.server.requests.map(({ path }) => path)).toEqual([ACTIVE, HISTORY, TRADES]);
  });

  test('an unreadable history is a failed read, not an absent order', async () => {
    at.server.on(HISTORY, () => '[["odd"]]');
    await expect(evidence()).rejects.toThrow(/order history/);
  });
});
