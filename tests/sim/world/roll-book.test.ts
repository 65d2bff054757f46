import { beforeEach, describe, expect, test } from 'vitest';
import type { SimTrade } from '../../../src/sim/exchange/core/index.ts';
import type { BookedIntent } from '../../../src/sim/world/intent-book.ts';
import { CUT_WITHOUT_CONSENT, PermissionBook } from '../../../src/sim/world/permission-book.ts';
import { Report } from '../../../src/sim/world/report.ts';
import { RollBook } from '../../../src/sim/world/roll-book.ts';
import { VirtualTime } from '../../../src/sim/world/virtual-time.ts';

const BTC = 'tBTCF0:USTF0';
const ROLL = 'plan-0';

let time: VirtualTime;
let report: Report;
let permissions: PermissionBook;
let book: RollBook;

beforeEach(() => {
  time = new VirtualTime();
  report = new Report(time);
  permissions = new PermissionBook(report, time);
  book = new RollBook(report, time, permissions);
});

const said = (): string => report.violations.map(({ detail }) => detail).join('; ');

function leg(
  kind: 'reduce_position' | 'reopen_position',
  cid: number,
  change: Partial<BookedIntent['action']> = {},
): BookedIntent {
  const action = { kind, symbol: BTC, positionId: '1', trigger: 'manual' } as const;
  return {
    id: `${cid}`,
    cid,
    action: { ...action, side: 'long', quantity: '1', leverage: 10, rollId: ROLL, ...change },
    sends: 0,
    effects: 0,
    effectAt: 0,
    isOrderTaken: false,
    isLie: false,
    nonceRefusals: 0,
    outcome: null,
    unknownSince: null,
    isInherited: false,
  };
}

function trade(cid: number, amount: number): SimTrade {
  return { cid, amount } as SimTrade;
}

/** The first leg of one unit, of which so much was traded. */
function closed(traded = 1): void {
  book.onIntent(leg('reduce_position', 1));
  book.onTrade(trade(1, -traded));
}

describe('an opening order', () => {
  test('is fine as the second leg of what was closed', () => {
    closed();
    book.onIntent(leg('reopen_position', 2));
    book.onSend({ cid: 2, amount: '1' });
    book.onTrade(trade(2, 1));
    expect(said()).toBe('');
    expect(book.isReopening(2)).toBe(true);
    expect(book.isReopening(1)).toBe(false);
  });

  test('is noticed without a first leg', () => {
    book.onIntent(leg('reopen_position', 2));
    expect(said()).toContain('no first leg');
  });

  test('is noticed when it asks for more than was closed', () => {
    closed(0.5);
    book.onIntent(leg('reopen_position', 2));
    expect(said()).toContain('1 after 0.5 closed');
  });

  test('is noticed when it leaves or trades larger than it said, or the other way', () => {
    closed();
    book.onIntent(leg('reopen_position', 2));
    book.onSend({ cid: 2, amount: '2' });
    expect(said()).toContain('sent 2, not 1');
    book.onSend({ cid: 2, amount: '-1' });
    expect(said()).toContain('sent -1, not 1');
    book.onTrade(trade(2, 1.5));
    expect(said()).toContain('opened 1.5 after closing 1');
  });

  test('is noticed a second time, after a restart, and too late', async () => {
    closed();
    book.onIntent(leg('reopen_position', 2));
    book.onIntent(leg('reopen_position', 3));
    expect(said()).toContain('a second time');
    book.born();
    await time.runUntil(30_000);
    book.onIntent(leg('reopen_position', 4));
    expect(said()).toContain('after a restart');
    expect(said()).toContain('30000 ms after its first leg');
  });

  test.each([
    [{ symbol: 'tETHF0:USTF0' }, 'elsewhere'],
    [{ side: 'short' }, 'elsewhere'],
    [{ leverage: 11 }, 'leverage 11'],
  ])('is noticed with %o', (change, what) => {
    closed();
    book.onIntent(leg('reopen_position', 2, change));
    expect(said()).toContain(what);
  });

  test('needs consent to the roll where consent is asked for', async () => {
    permissions.forbid(CUT_WITHOUT_CONSENT);
    await time.runUntil(60_000);
    closed();
    book.onIntent(leg('reopen_position', 2));
    expect(said()).toContain('nobody consented');
    permissions.consentToRolls([ROLL]);
    expect(permissions.mayRoll(ROLL)).toBe(true);
    expect(permissions.mayRoll('plan-1')).toBe(false);
  });
});
