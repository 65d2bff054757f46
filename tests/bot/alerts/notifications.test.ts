import { expect, test } from 'vitest';
import type { Notice } from '../../../src/core/notice.ts';
import { position } from '../fake-door.ts';
import { calm, checkAndStop, type Rig, startRig, stop } from '../rig.ts';

const ALONE = { people: [] };

async function change(rig: Rig, key = 'drift'): Promise<void> {
  const at = rig.clock.now();
  const [held] = [position('ETH')];
  const notice: Notice =
    key === 'drift'
      ? { type: 'drift', at, symbol: held?.symbol ?? position('BTC').symbol, change: 'resized' }
      : { type: 'account_warning', at, active: true, ratePct: 2, limitPct: 3 };
  rig.door.tell(notice);
  await calm(rig);
}

const isSilent = (rig: Rig) =>
  rig.core
    .calls()
    .filter(({ method }) => method === 'sendMessage')
    .at(-1)?.payload['disable_notification'] === true;

test('a press changes how loud an event is, and that is kept over a restart', async () => {
  const rig = await startRig(ALONE);
  await rig.say('olivia', '/notifications');
  expect(rig.buttons('olivia')).toContain('🔔 Account');
  await rig.tap('olivia', '🔔 Account');
  expect(rig.buttons('olivia')).toContain('🔕 Account');
  await change(rig, 'account');
  expect(isSilent(rig)).toBe(true);
  await stop(rig);
  const again = await startRig({ ...ALONE, earlier: rig });
  await again.say('olivia', '/notifications');
  await again.tap('olivia', '🔕 Account');
  await again.tap('olivia', '🗞 Account');
  const before = again.texts('olivia').length;
  await change(again, 'account');
  expect(again.texts('olivia')).toHaveLength(before);
  await checkAndStop(again);
});

test('what is urgent cannot be switched off', async () => {
  const rig = await startRig(ALONE);
  await rig.say('olivia', '/notifications');
  await rig.tap('olivia', '🔔 Critical');
  await rig.tap('olivia', '🔕 Critical');
  expect(rig.buttons('olivia')).toContain('🔔 Critical');
  await checkAndStop(rig);
});

test('in quiet hours only what is urgent makes a sound', async () => {
  const rig = await startRig(ALONE);
  await rig.say('olivia', '/notifications 11-14');
  expect(rig.last('olivia')).toContain('Quiet from 11–14');
  await change(rig, 'account');
  expect(isSilent(rig)).toBe(true);
  rig.door.positionList = [position('ETH', { marginRatePct: 1, distance: 0.01 })];
  await rig.clock.advance(5_100);
  await calm(rig);
  expect(isSilent(rig)).toBe(false);
  await checkAndStop(rig);
});

test('hours that are none are refused in words', async () => {
  const rig = await startRig(ALONE);
  for (const words of ['22-22', '25-3', '22', 'night', '-1-3']) {
    await rig.say('olivia', `/notifications ${words}`);
    expect(rig.last('olivia')).toContain('hours such as 22-7');
  }
  await checkAndStop(rig);
});

test('news for the digest comes together within the hour, also after a restart', async () => {
  const rig = await startRig(ALONE);
  await rig.say('olivia', '/notifications');
  await rig.tap('olivia', '🔕 Changes');
  await change(rig);
  await rig.clock.advance(20 * 60_000);
  await change(rig);
  await stop(rig);
  const again = await startRig({ ...ALONE, earlier: rig });
  const before = again.texts('olivia').length;
  await again.clock.advance(39 * 60_000);
  expect(again.texts('olivia')).toHaveLength(before);
  await again.clock.advance(3 * 60_000);
  await calm(again);
  expect(again.last('olivia')).toContain('2 messages gathered for you');
  expect(again.last('olivia')).toMatch(/12:00.*size changed.*12:20.*size changed/s);
  await again.clock.advance(61 * 60_000);
  await calm(again);
  expect(again.texts('olivia')).toHaveLength(before + 1);
  await checkAndStop(again);
});

test('a tier that is off is not told, and what is worse still is', async () => {
  const rig = await startRig(ALONE);
  await rig.say('olivia', '/notifications');
  await rig.tap('olivia', '🔔 Warnings');
  await rig.tap('olivia', '🔕 Warnings');
  expect(rig.buttons('olivia')).toContain('⛔ Warnings');
  const before = rig.texts('olivia').length;
  rig.door.positionList = [position('ETH', { marginRatePct: 2.5, distance: 0.02 })];
  await rig.clock.advance(60_000);
  expect(rig.texts('olivia')).toHaveLength(before);
  rig.door.positionList = [position('ETH', { marginRatePct: 1.5, distance: 0.01 })];
  await rig.clock.advance(5_100);
  await calm(rig);
  expect(rig.last('olivia')).toContain('Close to liquidation: ETH');
  await checkAndStop(rig);
});

test('a viewer has preferences of their own, and forged presses change nothing', async () => {
  const rig = await startRig();
  await rig.say('vera', '/notifications');
  await rig.tap('vera', '🔔 Account');
  expect(rig.people.read().people.find(({ id }) => id === 1003)?.alerts?.events).toEqual({
    account: 'silent',
  });
  expect(rig.people.read().people.find(({ id }) => id === 1002)?.alerts).toBeUndefined();
  await checkAndStop(rig);
});
