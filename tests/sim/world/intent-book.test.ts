import { beforeEach, describe, expect, test } from 'vitest';
import type { World } from '../../../src/sim/exchange/core/index.ts';
import { IntentBook } from '../../../src/sim/world/intent-book.ts';
import { Report } from '../../../src/sim/world/report.ts';
import { VirtualTime } from '../../../src/sim/world/virtual-time.ts';

const BTC = 'tBTCF0:USTF0';
const UNITS = 15_000_000_000;
const world = { positions: new Map(), indexOf: new Map() } as unknown as World;

let report: Report;
let book: IntentBook;
let seq: number;

beforeEach(() => {
  const time = new VirtualTime();
  report = new Report(time);
  book = new IntentBook(report, time, { since: 0 });
  seq = 0;
});

const checks = (): string[] => report.violations.map(({ check }) => check);

function record(type: string, body: object): void {
  seq += 1;
  book.onRecord({ seq, at: 0, type, body }, world);
}

function intent(id: number): void {
  const action = { kind: 'set_collateral', symbol: BTC, positionId: '1', trigger: 'scheduled' };
  record('intent', { id: `${id}`, cid: id, action: { ...action, fromUsd: '100', toUsd: '150' } });
}

function outcome(id: number, kind: string, code?: string): void {
  record('outcome', { id: `${id}`, outcome: { kind, code } });
}

function send(): void {
  const body = JSON.stringify({ symbol: BTC, collateral: '150' });
  book.onSend({ method: 'POST', path: '/v2/auth/w/deriv/collateral/set', headers: {}, body });
}

describe('the book of intents', () => {
  test('has nothing to say of one that is written down, sent, done and ended', () => {
    intent(1);
    send();
    book.onCollateral(BTC, UNITS);
    outcome(1, 'confirmed');
    expect(checks()).toEqual([]);
    expect(book.open()).toEqual([]);
  });

  test('notices a write that left before it was on disk', () => {
    send();
    expect(checks()).toEqual(['durable first']);
  });

  test('notices a second sending and a second execution', () => {
    intent(1);
    send();
    send();
    book.onCollateral(BTC, UNITS);
    book.onCollateral(BTC, UNITS);
    expect(checks()).toEqual(['sent once', 'executed once']);
  });

  test('notices an effect that nobody intended', () => {
    intent(1);
    book.onCollateral(BTC, UNITS + 1);
    expect(checks()).toEqual(['known effect']);
  });

  test('notices what is told to be done and is not, and the other way round', () => {
    intent(1);
    send();
    outcome(1, 'confirmed');
    intent(2);
    send();
    book.onCollateral(BTC, UNITS);
    outcome(2, 'rejected', 'not_applied');
    expect(checks()).toEqual(['truth', 'truth']);
  });

  test('notices a second intent for a position whose first is open, and an id used twice', () => {
    intent(1);
    intent(2);
    outcome(2, 'denied');
    intent(2);
    expect(checks()).toEqual(['one at a time', 'fresh ids']);
  });
});
