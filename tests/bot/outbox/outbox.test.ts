import { expect, test } from 'vitest';
import type { View } from '../../../src/bot/views/view.ts';
import { floodFault } from '../../../src/sim/telegram/index.ts';
import { OutboxRig, PNG } from './rig.ts';

const outage = { method: '*', kind: 'reset_before', count: 100_000 } as const;

test('an alert is on disk before Telegram hears of it', async () => {
  const rig = new OutboxRig();
  rig.diskMs = 100;
  rig.push(1, 'alert');
  await rig.clock.advance(90);
  expect(rig.texts(1)).toEqual([]);
  await rig.clock.advance(150);
  expect(rig.texts(1)).toEqual(['alert']);
  await rig.clock.advance(500);
  expect(JSON.parse(rig.disk).kept).toEqual([]);
});

test('an answer that goes straight out does not wait for the disk', async () => {
  const rig = new OutboxRig();
  rig.diskMs = 10_000;
  rig.push(1, 'answer', { priority: 'reply' });
  await rig.clock.advance(1);
  expect(rig.texts(1)).toEqual(['answer']);
});

test('a full disk is told in the log and does not silence alerts', async () => {
  const rig = new OutboxRig();
  rig.diskFails = true;
  rig.push(1, 'alert');
  await rig.clock.advance(10);
  expect(rig.texts(1)).toEqual(['alert']);
  expect(rig.log.join('\n')).toContain('outbox not saved');
});

test('what waited through a restart comes once, in order, and says how old it is', async () => {
  const rig = new OutboxRig();
  const end = rig.core.faults.push(outage);
  rig.push(1, 'first');
  rig.push(1, 'second', { priority: 'notice' });
  rig.push(1, 'urgent', { priority: 'critical' });
  await rig.clock.advance(100_000);
  rig.boot();
  await rig.clock.advance(100_000);
  end();
  await rig.clock.advance(200_000);
  expect(rig.texts(1)).toEqual(['LATE urgent', 'LATE first', 'LATE second']);
});

test('a message that arrived though its answer was lost is found, not repeated', async () => {
  const rig = new OutboxRig();
  rig.core.faults.push({ method: 'sendMessage', kind: 'reset_after' });
  const sent: number[] = [];
  rig.push(1, 'alert', { onSent: (id) => sent.push(id) });
  rig.push(1, 'next');
  await rig.clock.advance(5_000);
  expect(rig.texts(1)).toEqual(['alert', 'next']);
  expect(sent).toEqual([1]);
  expect(rig.outbox.health()).toMatchObject({ clarified: 1, delivered: 2 });
});

test('a copy that Telegram was slow to take is removed later', async () => {
  const rig = new OutboxRig();
  rig.core.faults.push({ method: 'sendMessage', kind: 'delay', ms: 20_000 });
  rig.push(1, 'alert');
  await rig.clock.advance(100);
  rig.boot();
  await rig.clock.advance(30_000);
  expect(rig.texts(1)).toEqual(['alert', 'alert']);
  await rig.clock.advance(60_000);
  expect(rig.texts(1)).toEqual(['alert']);
});

test('buttons are tied to their message also after a restart', async () => {
  const rig = new OutboxRig();
  const end = rig.core.faults.push(outage);
  rig.push(1, 'plan', { binds: ['n1', 'n2'], priority: 'critical' });
  await rig.clock.advance(5_000);
  rig.boot();
  end();
  await rig.clock.advance(60_000);
  expect(rig.texts(1)).toEqual(['plan']);
  expect(rig.bound).toEqual(['n1,n2@1']);
});

test('a flood in one chat holds up that chat only, two at once hold up all', async () => {
  const rig = new OutboxRig();
  rig.core.faults.push(floodFault('sendMessage', 60));
  rig.push(1, 'a');
  await rig.clock.advance(10);
  rig.push(2, 'b');
  await rig.clock.advance(10);
  expect(rig.texts(2)).toEqual(['b']);
  rig.core.faults.push(floodFault('sendMessage', 120));
  rig.push(2, 'c');
  await rig.clock.advance(10);
  rig.push(3, 'd');
  await rig.clock.advance(119_000);
  expect([...rig.texts(1), ...rig.texts(3)]).toEqual([]);
  await rig.clock.advance(2_000);
  expect([rig.texts(1), rig.texts(2), rig.texts(3)]).toEqual([
    ['LATE a'],
    ['b', 'LATE c'],
    ['LATE d'],
  ]);
});

test('an urgent message does not sit out the pause of an outage that may be over', async () => {
  const rig = new OutboxRig();
  const end = rig.core.faults.push(outage);
  rig.push(1, 'edit', { edits: 77 });
  await rig.clock.advance(200_000);
  end();
  rig.push(1, 'urgent', { priority: 'critical' });
  await rig.clock.advance(10);
  expect(rig.texts(1)).toContain('urgent');
});

test('for a chat that cannot be reached messages are parked and come when it is back', async () => {
  const rig = new OutboxRig();
  rig.core.block(1, true);
  rig.push(1, 'a');
  rig.push(1, 'b');
  await rig.clock.advance(10);
  expect(rig.unreachable).toEqual([1]);
  expect(rig.outbox.health()).toMatchObject({ waiting: 0, parked: 2, lost: 0 });
  expect(rig.core.refusals()).toHaveLength(1);
  rig.core.block(1, false);
  rig.outbox.reopen(1);
  await rig.clock.advance(10);
  expect(rig.texts(1)).toEqual(['a', 'b']);
});

test('what is too long comes in pages that keep their markup', async () => {
  const rig = new OutboxRig();
  rig.push(1, `<b>${'word '.repeat(1_700)}</b>`);
  await rig.clock.advance(10);
  const messages = rig.core.messages(1);
  expect(messages.length).toBe(3);
  expect(messages.every(({ entities }) => entities?.[0]?.type === 'bold')).toBe(true);
  const words = rig.texts(1).join(' ').split(/\s+/).filter(Boolean);
  expect(words).toHaveLength(1_700);
});

test('a topic that is gone does not swallow its alerts', async () => {
  const rig = new OutboxRig();
  rig.core.faults.push({
    ...{ method: 'sendMessage', kind: 'error', code: 400 },
    description: 'Bad Request: message thread not found',
  });
  rig.push(1, 'alert', { threadId: 9 });
  await rig.clock.advance(10);
  expect(rig.texts(1)).toEqual(['alert']);
});

const report = (text = '<b>day</b>') => ({
  priority: 'report' as const,
  compose: (): View => ({ pages: [text], picture: { kind: 'day', utcDay: '2026-01-05' } }),
});
const shownIn = (rig: OutboxRig) =>
  rig.core
    .messages(1)
    .map(({ photo, caption, text }) => `${photo ? 'photo' : 'text'} ${caption ?? text}`);

test('a picture is drawn when it is sent; a restart keeps what it shows alone', async () => {
  const rig = new OutboxRig();
  const end = rig.core.faults.push(outage);
  rig.push(1, '', report());
  await rig.clock.advance(5_000);
  expect(JSON.parse(rig.disk).kept[0]).toMatchObject({ picture: { utcDay: '2026-01-05' } });
  expect(rig.disk).not.toContain(PNG.toString('base64').slice(0, 12));
  rig.boot();
  await rig.clock.advance(5_000);
  end();
  await rig.clock.advance(100_000);
  expect(shownIn(rig)).toEqual(['photo day']);
  expect(new Set(rig.drawn)).toEqual(new Set(['2026-01-05']));
  expect(JSON.parse(rig.disk).kept).toEqual([]);
});

test('a picture whose answer was lost is found, also by the next run', async () => {
  const rig = new OutboxRig();
  rig.core.faults.push({ method: 'sendPhoto', kind: 'reset_after' });
  rig.push(1, '', report());
  rig.push(1, 'next', { priority: 'report' });
  await rig.clock.advance(10_000);
  expect(shownIn(rig)).toEqual(['photo day', 'text next']);
  rig.core.faults.push({ method: 'sendPhoto', kind: 'reset_after' });
  rig.push(1, '', report('two'));
  await rig.clock.advance(1);
  rig.boot();
  await rig.clock.advance(100_000);
  expect(shownIn(rig)).toEqual(['photo day', 'text next', 'photo two']);
});

test('what cannot be drawn, or is not taken, comes as text', async () => {
  const rig = new OutboxRig();
  rig.png = null;
  rig.push(1, '', report());
  await rig.clock.advance(10);
  rig.png = PNG;
  rig.core.faults.push({
    ...{ method: 'sendPhoto', kind: 'error', code: 400 },
    description: 'Bad Request: not enough rights to send photos to the chat',
  });
  rig.push(1, '', report());
  await rig.clock.advance(10);
  expect(shownIn(rig)).toEqual(['text day', 'text day']);
  expect(rig.core.messages(1).every(({ entities }) => entities?.[0]?.type === 'bold')).toBe(true);
});
