import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tickets } from '../../src/risk/index.ts';

const NOW = 1_000_000;
const press = { userId: 7, chatId: 7, messageId: 40 };

function table(...nonces: string[]): tickets.TicketState {
  let state: tickets.TicketState = new Map();
  for (const nonce of nonces) {
    const ticket = { nonce, group: nonce, action: 'approve_plan', subject: 'p1', userId: 7 };
    const rest = { chatId: 7, messageId: null, expiresAt: NOW + 1_000, used: null };
    state = tickets.issue(state, { ...ticket, ...rest }, NOW);
  }
  return tickets.bind(state, nonces, 40);
}

describe('tickets', () => {
  test('a bound ticket is valid for its user, chat and message until it expires', () => {
    const state = table('a');
    expect(tickets.judge(state, 'a', press, NOW).kind).toBe('valid');
    expect(tickets.judge(state, 'a', press, NOW + 999).kind).toBe('valid');
    expect(tickets.judge(state, 'a', press, NOW + 1_000).kind).toBe('expired');
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
        const verdict = tickets.judge(table('a'), 'a', other, NOW).kind;
        expect(verdict).toBe(same ? 'valid' : 'foreign');
      }),
    );
  });

  test('is foreign before it is bound to a message', () => {
    const state = table();
    const ticket = { nonce: 'x', group: 'x', action: 'a', subject: 's', userId: 7, chatId: 7 };
    const issued = tickets.issue(
      state,
      { ...ticket, messageId: null, expiresAt: NOW + 1, used: null },
      NOW,
    );
    expect(tickets.judge(issued, 'x', press, NOW).kind).toBe('foreign');
  });

  test('spending one button of a message spends them all and says who did it', () => {
    const state = tickets.spend(table('yes', 'no'), 'yes', 7, NOW + 5);
    const used = { kind: 'used', by: 7, at: NOW + 5 };
    expect(tickets.judge(state, 'yes', press, NOW + 6)).toEqual(used);
    expect(tickets.judge(state, 'no', press, NOW + 6)).toEqual(used);
  });

  test('a nonce nobody issued is unknown, also after its ticket was forgotten', () => {
    expect(tickets.judge(table('a'), 'b', press, NOW).kind).toBe('unknown');
    const later = NOW + 2 * 24 * 3_600_000;
    const fresh = { nonce: 'n', group: 'n', action: 'a', subject: 's', userId: 7, chatId: 7 };
    const state = tickets.issue(
      table('a'),
      { ...fresh, messageId: null, expiresAt: later + 1, used: null },
      later,
    );
    expect(tickets.judge(state, 'a', press, later).kind).toBe('unknown');
  });
});
