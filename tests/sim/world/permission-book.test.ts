import { beforeEach, describe, expect, test } from 'vitest';
import type { BookedIntent } from '../../../src/sim/world/intent-book.ts';
import {
  CUT_WITHOUT_CONSENT,
  DRY_RUN,
  PAUSE,
  PermissionBook,
} from '../../../src/sim/world/permission-book.ts';
import { Report } from '../../../src/sim/world/report.ts';
import { VirtualTime } from '../../../src/sim/world/virtual-time.ts';

const BTC = 'tBTCF0:USTF0';
const MINUTE_MS = 60_000;

let time: VirtualTime;
let report: Report;
let book: PermissionBook;

beforeEach(() => {
  time = new VirtualTime();
  report = new Report(time);
  book = new PermissionBook(report, time);
});

const checks = (): string[] => report.violations.map(({ check }) => check);

function cut(id: string, quantity = 1, change: Partial<BookedIntent> = {}): BookedIntent {
  return {
    id,
    cid: Number(id),
    action: {
      kind: 'reduce_position',
      symbol: BTC,
      positionId: '1',
      quantity: `${quantity}`,
      positionQuantity: '4',
      trigger: 'manual',
    },
    sends: 0,
    effects: 0,
    effectAt: 0,
    isOrderTaken: false,
    isLie: false,
    nonceRefusals: 0,
    outcome: null,
    unknownSince: null,
    isInherited: false,
    ...change,
  };
}

describe('cuts that need consent', () => {
  beforeEach(async () => {
    book.forbid(CUT_WITHOUT_CONSENT);
    await time.runUntil(MINUTE_MS);
  });

  test('are noticed without it, beyond it, and a second time', () => {
    book.onIntent(cut('1'));
    expect(checks()).toEqual(['consent']);
    book.consent('a', [{ symbol: BTC, quantity: 1 }]);
    book.onIntent(cut('2', 1.1));
    expect(checks()).toEqual(['consent', 'consent']);
    book.onIntent(cut('3'));
    book.onIntent(cut('4'));
    expect(checks()).toEqual(['consent', 'consent', 'consent']);
  });

  test('may be tried again when the first try never reached the exchange', () => {
    book.consent('a', [{ symbol: BTC, quantity: 1 }]);
    book.onIntent(cut('1'));
    book.onEnd(cut('1', 1, { outcome: 'denied' }));
    book.onIntent(cut('2'));
    expect(checks()).toEqual([]);
  });

  test.each([
    { outcome: 'denied', isOrderTaken: true },
    { outcome: 'denied', effects: 1 },
    { outcome: 'rejected' },
  ])('but not after %o', (change) => {
    book.consent('a', [{ symbol: BTC, quantity: 1 }]);
    book.onIntent(cut('1'));
    book.onEnd(cut('1', 1, change));
    book.onIntent(cut('2'));
    expect(checks()).toEqual(['consent']);
  });
});

describe('a prohibition', () => {
  test('holds a moment after it was acknowledged, until it is lifted', async () => {
    book.forbid(DRY_RUN);
    book.onIntent(cut('1'));
    await time.runUntil(MINUTE_MS);
    book.onIntent(cut('2'));
    book.allow(DRY_RUN);
    book.onIntent(cut('3'));
    expect(checks()).toEqual(['permission']);
  });

  test('of a pause yields to a consent given during it, not to one from before', async () => {
    book.consent('a', [{ symbol: BTC, quantity: 2 }]);
    await time.runUntil(MINUTE_MS);
    book.forbid(PAUSE);
    await time.runUntil(2 * MINUTE_MS);
    book.onIntent(cut('1', 2));
    expect(checks()).toEqual(['permission']);
    book.consent('b', [{ symbol: BTC, quantity: 1 }]);
    book.onIntent(cut('2'));
    expect(checks()).toEqual(['permission']);
  });
});
