/** A thousand bad days: whatever Telegram, the network and the power do, each message once. */
import { expect, test } from 'vitest';
import type { Priority } from '../../../src/bot/outbox/delivery.ts';
import type { Fault } from '../../../src/sim/telegram/index.ts';
import { CHATS, OutboxRig } from './rig.ts';

const RUNS = 1_000;
const MESSAGES = 14;
const KINDS: readonly Priority[] = ['critical', 'reply', 'warning', 'notice', 'report'];

function seeded(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_507) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

function fault(random: () => number): Fault {
  const at = { method: '*', count: 1 + Math.floor(random() * 4), skip: Math.floor(random() * 4) };
  const retryAfterS = 1 + Math.floor(random() * 40);
  const kinds: Fault[] = [
    { ...at, kind: 'error', code: 429, description: 'Too Many Requests', retryAfterS },
    { ...at, kind: 'error', code: 502, description: 'Bad Gateway' },
    { ...at, kind: 'reset_before' },
    { ...at, kind: 'reset_after' },
    { ...at, kind: 'reset_after' },
    { ...at, kind: 'hang', count: 1 },
    { ...at, kind: 'delay', ms: random() * 20_000 },
  ];
  return kinds[Math.floor(random() * kinds.length)] as Fault;
}

interface Pushed {
  readonly chatId: number;
  readonly priority: Priority;
  readonly text: string;
  /** An answer that goes straight out touches no disk: a crash in its first minute may take it. */
  mayBeLost: boolean;
}

async function badDay(seed: number): Promise<void> {
  const random = seeded(seed);
  const rig = new OutboxRig(random);
  rig.diskMs = random() < 0.5 ? 0 : random() * 50;
  const pushed: Pushed[] = [];
  for (let i = 0; i < MESSAGES; i += 1) {
    if (random() < 0.5) rig.core.faults.push(fault(random));
    const chatId = CHATS[Math.floor(random() * CHATS.length)] ?? 1;
    const priority = KINDS[Math.floor(random() * KINDS.length)] ?? 'notice';
    const text = `${priority} ${i}.`;
    rig.push(chatId, text, { priority });
    if (random() < 0.3) rig.core.say(chatId, 'a message from the person in between');
    // Accepted is what is on disk: a crash comes after that, at any later moment.
    await rig.clock.advance(rig.diskMs * 2 + random() * 3_000);
    pushed.push({ chatId, priority, text, mayBeLost: false });
    if (random() < 0.15) {
      rig.boot();
      for (const one of pushed) one.mayBeLost ||= one.priority === 'reply';
    }
  }
  await rig.clock.advance(3_600_000 * 4);
  for (const { chatId, text, mayBeLost } of pushed) {
    const copies = rig.texts(chatId).filter((shown) => shown.endsWith(text)).length;
    expect(copies, `${text} of seed ${seed}`).toBeLessThanOrEqual(1);
    if (!mayBeLost) expect(copies, `${text} of seed ${seed}`).toBe(1);
  }
  for (const chatId of CHATS) {
    for (const kind of KINDS) {
      const order = pushed.filter((one) => one.chatId === chatId && one.priority === kind);
      const certain = order.filter(({ mayBeLost }) => !mayBeLost).map(({ text }) => text);
      const shown = rig.texts(chatId).map((text) => text.replace('LATE ', ''));
      expect(
        shown.filter((text) => certain.includes(text)),
        `seed ${seed}`,
      ).toEqual(certain);
    }
  }
  expect(rig.outbox.health()).toMatchObject({ waiting: 0, parked: 0, lost: 0 });
  await rig.clock.advance(1_000);
  expect(JSON.parse(rig.disk).kept).toEqual([]);
}

test('a thousand days of faults and crashes: nothing lost, nothing twice, order kept', async () => {
  for (let seed = 1; seed <= RUNS; seed += 1) await badDay(seed);
}, 600_000);
