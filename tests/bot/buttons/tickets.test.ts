import { expect, test } from 'vitest';
import { Tickets } from '../../../src/bot/buttons/tickets.ts';
import { ManualClock, settle } from '../../support/manual-clock.ts';
import { FakeDoor } from '../fake-door.ts';

const WISHES = [{ action: 'run_rebalance', subject: 'p' }] as const;

function desk() {
  const clock = new ManualClock();
  let next = 0;
  const door = new FakeDoor(clock, () => {
    next = (next + 0.137) % 1;
    return next;
  });
  const errors: unknown[] = [];
  return { clock, tickets: new Tickets(door.tickets, clock, (error) => errors.push(error)) };
}

test('a press that is faster than the binding waits for it', async () => {
  const { tickets } = desk();
  const [nonce = ''] = await tickets.issue(1, 2, 60_000, WISHES);
  const verdict = tickets.redeem(nonce, { userId: 1, chatId: 2, messageId: 3 });
  await settle();
  tickets.bind([nonce], 3);
  expect(await verdict).toMatchObject({ kind: 'valid', subject: 'p' });
});

test('it does not wait for ever when the message never went out', async () => {
  const { tickets, clock } = desk();
  const [nonce = ''] = await tickets.issue(1, 2, 60_000, WISHES);
  const verdict = tickets.redeem(nonce, { userId: 1, chatId: 2, messageId: 3 });
  await clock.advance(2_000);
  expect(await verdict).toEqual({ kind: 'foreign' });
});

test('another user, chat or message is foreign, and does not spend the permission', async () => {
  const { tickets } = desk();
  const [nonce = ''] = await tickets.issue(1, 2, 60_000, WISHES);
  tickets.bind([nonce], 3);
  const mine = { userId: 1, chatId: 2, messageId: 3 };
  for (const change of [{ userId: 9 }, { chatId: 9 }, { messageId: 9 }]) {
    expect(await tickets.redeem(nonce, { ...mine, ...change })).toEqual({ kind: 'foreign' });
  }
  expect(await tickets.redeem(nonce, mine)).toMatchObject({ kind: 'valid' });
  expect(await tickets.redeem(nonce, mine)).toMatchObject({ kind: 'used', by: 1 });
});
