import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TicketTable } from '../../src/risk/index.ts';

const NOW = 1_000_000;
const press = { userId: 7, chatId: 7, messageId: 40 };

function issued(...nonces: string[]): TicketTable {
  const table = new TicketTable();
  for (const nonce of nonces) table.issue(ticketOf(nonce, NOW + 1_000), NOW);
  return table;
}

function ticketOf(nonce: string, expiresAt: number) {
  return { nonce, action: 'approve_plan', subject: 'p1', userId: 7, chatId: 7, expiresAt };
}

function bound(...nonces: string[]): TicketTable {
  const table = issued(...nonces);
  table.bind(nonces, 40);
  return table;
}

describe('tickets', () => {
  test('a bound ticket is valid for its user, chat and message until it expires', () => {
    const table = bound('a');
    expect(table.judge('a', press, NOW).kind).toBe('valid');
    expect(table.judge('a', press, NOW + 999).kind).toBe('valid');
    expect(table.judge('a', press, NOW + 1_000).kind).toBe('expired');
  });

  test('is foreign to any other user, chat or message', () => {
    const others = fc.record({
      userId: fc.integer({ min: 1, max: 9 }),
      chatId: fc.integer({ min: 1, max: 9 }),
      messageId: fc.integer({ min: 38, max: 42 }),
    });
    fc.assert(
      fc.property(others, (other) => {
        const same = other.userId === 7 && other.chatId === 7 && other.messageId === 40;
        const verdict = bound('a').judge('a', other, NOW).kind;
        expect(verdict).toBe(same ? 'valid' : 'foreign');
      }),
    );
  });

  test('is foreign before it is bound to a message', () => {
    expect(issued('x').judge('x', press, NOW).kind).toBe('foreign');
  });

  test('spending one button of a message spends them all and says who did it', () => {
    const table = bound('yes', 'no');
    table.spend('yes', 7, NOW + 5);
    const used = { kind: 'used', by: 7, at: NOW + 5 };
    expect(table.judge('yes', press, NOW + 6)).toEqual(used);
    expect(table.judge('no', press, NOW + 6)).toEqual(used);
  });

  test('a nonce nobody issued is unknown, also after its ticket was forgotten', () => {
    const table = bound('a');
    expect(table.judge('b', press, NOW).kind).toBe('unknown');
    const later = NOW + 2 * 24 * 3_600_000;
    table.issue(ticketOf('n', later + 1), later);
    expect(table.judge('a', press, later).kind).toBe('unknown');
  });

  test('the table stays bounded, and the oldest go first', () => {
    const table = bound('oldest');
    for (let i = 0; i < 5_000; i += 1) table.issue(ticketOf(`n${i}`, NOW + 1_000), NOW);
    expect(table.size).toBe(5_000);
    expect(table.judge('oldest', press, NOW).kind).toBe('unknown');
    expect(table.judge('n0', press, NOW).kind).toBe('foreign');
  });
});
