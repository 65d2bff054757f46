import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Decimal } from '../../../src/core/decimal.ts';
import { parseSymbol } from '../../../src/core/symbol.ts';
import { FakeClock } from './fake-clock.ts';
import { BTC, collateralIntent, reopenIntent, type Setup, setUp, until } from './setup.ts';

const SET = 'v2/auth/w/deriv/collateral/set';
const SUBMIT = 'v2/auth/w/order/submit';
const ACCEPTED = '[1754896394,"on-req",null,null,null,null,"SUCCESS","x"]';
let at: Setup;

beforeEach(async () => {
  at = await setUp({ clock: new FakeClock() });
});
afterEach(() => at.close());

describe('opening again', () => {
  test('is a market order on the side of the position, with leverage and cid', async () => {
    at.server.on(SUBMIT, () => ACCEPTED);
    expect((await at.venue.reopenPosition(reopenIntent())).kind).toBe('confirmed');
    await at.venue.reopenPosition(reopenIntent({ side: 'short', leverage: 3 }, 0, 79));
    expect(at.server.to(SUBMIT).map(({ body }) => JSON.parse(body))).toEqual([
      { type: 'MARKET', symbol: BTC, amount: '0.5', lev: 7, flags: 0, cid: 78 },
      { type: 'MARKET', symbol: BTC, amount: '-0.5', lev: 3, flags: 0, cid: 79 },
    ]);
  });

  test('is sent once, whatever becomes of it', async () => {
    at.server.on(SUBMIT, () => 'reset');
    expect((await at.venue.reopenPosition(reopenIntent())).kind).toBe('unknown');
    expect(at.server.to(SUBMIT)).toHaveLength(1);
  });

  test('is not sent any more after two seconds in line', async () => {
    at.server.inOrder(SET, 'hang');
    at.server.on(SUBMIT, () => ACCEPTED);
    const first = at.venue.setCollateral(collateralIntent('50'));
    await until(() => at.server.requests.length === 1);
    const second = at.venue.reopenPosition(reopenIntent());
    // The first write is given up after this time, which frees the line.
    at.clock.advance(45_000);
    expect((await first).kind).toBe('unknown');
    expect(await second).toMatchObject({ kind: 'denied', reason: /^waited_too_long/ });
    expect(at.server.to(SUBMIT)).toHaveLength(0);
  });

  test.each([
    [{ quantity: new Decimal(0) }, 78],
    [{ quantity: new Decimal('0.000000001') }, 78],
    [{ leverage: 0 }, 78],
    [{ leverage: 2.5 }, 78],
    [{ leverage: 101 }, 78],
    [{ symbol: parseSymbol('tBTCF0:EUTF0') }, 78],
    [{}, 2 ** 45],
  ])('%j with cid %d is denied before anything is sent', async (changes, cid) => {
    expect((await at.venue.reopenPosition(reopenIntent(changes, 0, cid))).kind).toBe('denied');
    expect(at.server.requests).toHaveLength(0);
  });
});
