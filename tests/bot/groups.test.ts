import { expect, test } from 'vitest';
import { position } from './fake-door.ts';
import { calm, checkAndStop, type Rig, startRig, stop } from './rig.ts';

const TEAM = -1_001_234_567_890;
const TOPIC = 7;

async function team(rig: Rig): Promise<void> {
  rig.core.addToGroup('olivia', { id: TEAM, title: 'Team', topics: [TOPIC, 8] });
  await calm(rig);
}

async function sayThere(rig: Rig, who: string, text: string, threadId = TOPIC): Promise<void> {
  rig.core.say(who, text, { chatId: TEAM, threadId });
  await calm(rig);
}

function shown(rig: Rig): { text: string; topic: number | undefined }[] {
  return [...rig.core.room(TEAM).messages.values()]
    .filter(({ from }) => from.is_bot)
    .map(({ content, threadId }) => ({ text: content.body.text, topic: threadId }));
}

const member = (rig: Rig) => rig.core.room(TEAM).membership;

test('/here binds alerts to the chat and the topic it is written in', async () => {
  const rig = await startRig();
  await team(rig);
  await sayThere(rig, 'olivia', '/here');
  expect(shown(rig)).toMatchObject([{ text: expect.stringMatching(/^📍/), topic: TOPIC }]);
  rig.door.positionList = [position('ETH', { marginRatePct: 1.5, distance: 0.01 })];
  await rig.clock.advance(5_100);
  await calm(rig);
  expect(shown(rig).at(-1)).toMatchObject({ topic: TOPIC });
  expect(shown(rig).at(-1)?.text).toContain('Close to liquidation: ETH');
  await checkAndStop(rig);
});

test('the binding outlives a restart', async () => {
  const rig = await startRig();
  await team(rig);
  await sayThere(rig, 'olivia', '/here');
  await stop(rig);
  const again = await startRig({ earlier: rig });
  again.door.tell({
    ...{ type: 'halted', at: again.clock.now(), active: true, reason: 'clock_skew' },
  });
  await calm(again);
  expect(shown(again).at(-1)).toMatchObject({
    text: expect.stringContaining('HALTED'),
    topic: TOPIC,
  });
  await checkAndStop(again);
});

test('members with access are answered in their topic, the others are not there', async () => {
  const rig = await startRig();
  await team(rig);
  await sayThere(rig, 'olivia', '/here');
  await sayThere(rig, 'vera', '/version', 8);
  expect(shown(rig).at(-1)?.topic).toBe(8);
  const before = shown(rig).length;
  await sayThere(rig, 'sam', '/status');
  await sayThere(rig, 'sam', '/here');
  expect(shown(rig)).toHaveLength(before);
  expect(member(rig)).toBe('member');
  await checkAndStop(rig);
});

test('a viewer can press nothing that acts, and silence takes an operator', async () => {
  const rig = await startRig();
  await team(rig);
  await sayThere(rig, 'olivia', '/here');
  rig.door.positionList = [position('ETH', { marginRatePct: 1.5, distance: 0.01 })];
  await rig.clock.advance(5_100);
  await calm(rig);
  const before = shown(rig).length;
  rig.core.tapLabel('vera', '🛑 Close ETH', TEAM);
  await calm(rig);
  expect(rig.toast()).toContain('operator');
  rig.core.tapLabel('vera', '💤 Snooze 1 h', TEAM);
  await calm(rig);
  expect(rig.toast()).toContain('operator');
  expect(shown(rig)).toHaveLength(before);
  rig.core.tapLabel('otto', '💤 Snooze 1 h', TEAM);
  await calm(rig);
  expect(shown(rig).at(-1)?.text).toMatch(/^💤 Snoozed by Otto/);
  await checkAndStop(rig);
});

test('a group nobody bound is left as soon as somebody but an owner is heard in it', async () => {
  const rig = await startRig();
  await team(rig);
  expect(member(rig)).toBe('member');
  await sayThere(rig, 'otto', '/status');
  expect(member(rig)).toBe('left');
  expect(shown(rig)).toEqual([]);
  await checkAndStop(rig);
});

test('only an owner binds, and what is private stays out of a group', async () => {
  const rig = await startRig();
  await team(rig);
  await sayThere(rig, 'olivia', '/here');
  await sayThere(rig, 'otto', '/here');
  expect(shown(rig).at(-1)?.text).toContain('owner');
  await sayThere(rig, 'olivia', '/logs');
  expect(shown(rig).at(-1)?.text).not.toContain('level');
  await checkAndStop(rig);
});

test('/away says goodbye and leaves; thrown out, the group is forgotten', async () => {
  const rig = await startRig();
  await team(rig);
  await sayThere(rig, 'olivia', '/here');
  await sayThere(rig, 'olivia', '/away');
  expect(shown(rig).at(-1)?.text).toMatch(/^👋/);
  expect(member(rig)).toBe('left');
  await team(rig);
  await sayThere(rig, 'olivia', '/here');
  rig.core.removeFromGroup('otto', TEAM);
  await calm(rig);
  expect(rig.people.read().rooms).toEqual([]);
  rig.door.tell({ type: 'halted', at: rig.clock.now(), active: true, reason: 'clock_skew' });
  await calm(rig);
  expect(rig.core.refusals()).toEqual([]);
  await checkAndStop(rig);
});
