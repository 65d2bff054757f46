import { expect, test } from 'vitest';
import { position, usd } from '../fake-door.ts';
import { calm, checkAndStop, type Rig, startRig, stop } from '../rig.ts';

const SIX = ['A', 'B', 'C', 'D', 'E', 'F'].map((base) => position(base));

async function startWithCard(earlier?: Rig): Promise<Rig> {
  const options = { liveCards: true, people: [], ...(earlier ? { earlier } : {}) };
  return startRig(options);
}

const edits = (rig: Rig) =>
  rig.core.calls().filter(({ method }) => method === 'editMessageText').length;

test('the card is one silent pinned message: rate, free, worst five, feed', async () => {
  const rig = await startRig({ people: [] });
  await stop(rig);
  rig.door.positionList = [...SIX];
  const again = await startWithCard(rig);
  expect(again.texts('olivia')).toHaveLength(1);
  const card = again.last('olivia');
  expect(card).toContain('Margin rate 4.74% · free 12,346');
  expect(card).toContain('DRY RUN');
  expect(card).toContain('E L 8.21% 7.7% 1,234');
  expect(card).not.toContain('F L');
  expect(card).toContain('and 1 more: /positions');
  expect(card).toContain('Prices are live');
  expect(again.core.room('olivia').pins).toEqual([1]);
  const sent = again.core.calls().find(({ method }) => method === 'sendMessage');
  expect(sent?.payload['disable_notification']).toBe(true);
  await checkAndStop(again);
});

test('it is edited when something changed, and at most every 15 seconds while read', async () => {
  const rig = await startWithCard();
  await rig.say('olivia', '/version');
  const before = edits(rig);
  await rig.clock.advance(120_000);
  expect(edits(rig)).toBe(before);
  for (let second = 0; second < 60; second += 1) {
    rig.door.statusChange = { availableUsd: usd(1_000 + second) };
    await rig.clock.advance(1_000);
  }
  await calm(rig);
  expect(edits(rig) - before).toBeGreaterThanOrEqual(3);
  expect(edits(rig) - before).toBeLessThanOrEqual(4);
  await checkAndStop(rig);
});

test('where all is calm and nobody looks it is edited once a minute', async () => {
  const rig = await startWithCard();
  await rig.clock.advance(11 * 60_000);
  const before = edits(rig);
  for (let second = 0; second < 300; second += 5) {
    rig.door.statusChange = { availableUsd: usd(1_000 + second) };
    await rig.clock.advance(5_000);
  }
  expect(edits(rig) - before).toBeLessThanOrEqual(5);
  await checkAndStop(rig);
});

test('a deleted card is sent and pinned anew; a restart goes on with it', async () => {
  const rig = await startWithCard();
  await rig.core.dispatch('deleteMessage', { chat_id: 1001, message_id: 1 });
  rig.door.statusChange = { availableUsd: usd(5) };
  await rig.clock.advance(61_000);
  await calm(rig);
  expect(rig.core.messages('olivia').map(({ message_id: id }) => id)).toEqual([2]);
  expect(rig.core.room('olivia').pins).toEqual([2]);
  await stop(rig);
  expect(rig.last('olivia')).toContain('not running');
  const again = await startWithCard(rig);
  expect(again.texts('olivia')).toHaveLength(1);
  expect(again.last('olivia')).toContain('free 5.00');
  await checkAndStop(again, [400]);
});

test('a pause and a halt with its reason are on it', async () => {
  const rig = await startWithCard();
  const by = { id: '1001', name: 'Olivia' };
  const paused = { since: rig.clock.now(), until: null, by };
  rig.door.statusChange = { paused, mode: 'halted', modeReason: 'clock_skew' };
  await rig.clock.advance(61_000);
  await calm(rig);
  expect(rig.last('olivia')).toContain('HALTED');
  expect(rig.last('olivia')).toContain('Olivia');
  await checkAndStop(rig);
});

test('forced liquidations of the day are on it, and it is not green', async () => {
  const rig = await startRig({ people: [] });
  await stop(rig);
  const day = { ...rig.door.dailyStatistics(), lostPositions: 16, lostUsd: usd(45_678) };
  rig.door.dailyStatistics = () => day;
  const again = await startWithCard(rig);
  expect(again.last('olivia')).toMatch(/^🟠 Margin rate/);
  expect(again.last('olivia')).toContain('Liquidated today: 16, −45,678 USD');
  await checkAndStop(again);
});

test('before the first read it says that it is starting, not that there is nothing', async () => {
  const rig = await startRig({ people: [] });
  await stop(rig);
  rig.door.statusChange = { snapshotAgeMs: null, feedUp: false };
  const again = await startWithCard(rig);
  expect(again.last('olivia')).toContain('Starting – the account has not been read yet');
  expect(again.last('olivia')).not.toMatch(/No open positions|feed is down/);
  await checkAndStop(again);
});
