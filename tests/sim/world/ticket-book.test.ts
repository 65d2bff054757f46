import { beforeEach, describe, expect, test } from 'vitest';
import { Report } from '../../../src/sim/world/report.ts';
import { TicketBook } from '../../../src/sim/world/ticket-book.ts';
import { VirtualTime } from '../../../src/sim/world/virtual-time.ts';

const PRESENTED = { userId: 1, chatId: 1, messageId: 5 };

let report: Report;
let book: TicketBook;
let seq: number;

const details = (): string[] => report.violations.map(({ detail }) => detail);

function record(type: string, body: object): void {
  seq += 1;
  book.onRecord({ seq, at: 0, type, body });
}

function issue(...nonces: string[]): void {
  for (const nonce of nonces) {
    record('ticket_issued', { nonce, userId: 1, chatId: 1, expiresAt: 1_000 });
  }
  record('ticket_bound', { nonces, messageId: 5 });
}

function press(nonce: string, now = 10, presented = PRESENTED) {
  return book.press(nonce, presented, now);
}

const valid = { kind: 'valid', action: 'confirm', subject: '' } as const;
const used = { kind: 'used', by: 1, at: 0 } as const;

beforeEach(() => {
  report = new Report(new VirtualTime());
  book = new TicketBook(report);
  seq = 0;
  issue('a', 'b');
});

describe('the book of buttons', () => {
  test('has nothing to say of a press that counts once and is on disk', () => {
    const first = press('a');
    record('ticket_spent', { nonce: 'a' });
    book.answered(first, valid);
    book.answered(press('b'), used);
    book.answered(press('a', 2_000, { ...PRESENTED, userId: 2 }), { kind: 'foreign' });
    expect(details()).toEqual([]);
  });

  test('notices a press that counts and is not on disk', () => {
    book.answered(press('a'), valid);
    expect(details()).toEqual(['a counts, not on disk']);
  });

  test('notices a second press that counts, on the other button of the message too', () => {
    const both = [press('a'), press('b')];
    record('ticket_spent', { nonce: 'a' });
    for (const one of both) book.answered(one, valid);
    expect(details()).toEqual(['b counts 2 times']);
  });

  test('lets the slower of two presses find it used, and no other', () => {
    const both = [press('a'), press('a')];
    const [first, second] = both;
    if (second) book.answered(second, used);
    record('ticket_spent', { nonce: 'a' });
    if (first) book.answered(first, valid);
    expect(details()).toEqual([]);
    issue('c');
    book.answered(press('c'), used);
    expect(details()).toEqual(['c is valid, was told used']);
  });

  test('notices a ticket that was forgotten, and one that outlives its time', () => {
    book.answered(press('a'), { kind: 'unknown' });
    const late = press('b', 1_000);
    record('ticket_spent', { nonce: 'b' });
    book.answered(late, valid);
    expect(details()).toEqual(['a is valid, was told unknown', 'b is expired, was told valid']);
  });

  test('takes a press whose life ended for one that may have counted', () => {
    press('a');
    book.answered(press('a'), used);
    expect(details()).toEqual([]);
  });
});
