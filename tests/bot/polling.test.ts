import { expect, test } from 'vitest';
import { settle } from '../support/manual-clock.ts';
import { calm, checkAndStop, makeRig, startRig, stop, TOKEN } from './rig.ts';

test('an update that comes twice is handled once, also across a restart', async () => {
  const first = await startRig();
  await first.say('otto', '/dryrun on');
  first.core.repeatLastUpdate();
  await calm(first);
  expect(first.door.acts).toEqual(['dry run on by Otto']);
  await stop(first);
  const rig = await startRig({ earlier: first });
  rig.core.repeatLastUpdate();
  await calm(rig);
  expect(rig.door.acts).toEqual(['dry run on by Otto']);
  await rig.say('otto', '/dryrun on');
  expect(rig.door.acts).toHaveLength(2);
  await checkAndStop(rig);
});

test('after a quiet week lower update ids are taken again', async () => {
  const rig = await startRig({ watchPositions: false });
  await rig.say('otto', '/plan');
  await rig.progress.update(({ at }) => ({ lastUpdateId: 10 ** 9, at: at ?? 0 }));
  await rig.say('otto', '/plan');
  expect(rig.texts('otto')).toHaveLength(1);
  rig.clock.setWall(rig.clock.now() + 7 * 24 * 3_600_000);
  await rig.say('otto', '/plan');
  expect(rig.texts('otto')).toHaveLength(2);
  await checkAndStop(rig);
});

test('commands sent while it was down are not run; people are told how many', async () => {
  const first = await startRig();
  await stop(first);
  first.core.say('otto', '/dryrun on');
  first.core.say('otto', '/rebalance');
  first.core.say('otto', 'thanks');
  first.core.say('olivia', '/dryrun on');
  await first.clock.advance(60_000);
  const rig = await startRig({ earlier: first });
  await rig.clock.advance(2_000);
  expect(rig.door.acts).toEqual([]);
  expect(rig.texts('otto')).toEqual([
    '⏱ 2 commands or presses made while I was away were dropped. Do again what still holds.',
  ]);
  expect(rig.last('olivia')).toContain('1 command or press made while I was away was dropped');
  await checkAndStop(rig);
});

test('a second poller is reported, waited for and outlived', async () => {
  const rig = await startRig();
  const conflict = { method: 'getUpdates', kind: 'error', code: 409 } as const;
  rig.core.faults.push({ ...conflict, count: 3, description: 'Conflict: terminated by other' });
  await rig.say('otto', '/plan');
  expect(rig.bot.health().polling).toMatchObject({ state: 'retrying', conflict: true });
  expect(rig.log.some((line) => line.includes('another process polls'))).toBe(true);
  await rig.say('otto', '/plan');
  await rig.clock.advance(4_000);
  expect(rig.bot.health().polling.failuresInARow).toBe(1);
  await rig.clock.advance(30_000);
  expect(rig.bot.health().polling).toMatchObject({ state: 'polling', conflict: false });
  expect(rig.texts('otto')).toHaveLength(2);
  await checkAndStop(rig, [409]);
});

test('polling never ends: an hour of failures is outlived, at a minute between tries', async () => {
  const rig = await startRig();
  const fault = { method: 'getUpdates', kind: 'error', code: 502, description: 'Bad Gateway' };
  const stopFault = rig.core.faults.push({ ...fault, kind: 'error', count: 10_000 });
  await rig.say('otto', '/plan');
  await rig.clock.advance(3_600_000);
  const tries = rig.bot.health().polling.failuresInARow;
  expect(tries).toBeGreaterThan(55);
  expect(tries).toBeLessThan(95);
  stopFault();
  await rig.clock.advance(95_000);
  expect(rig.bot.health().polling.failuresInARow).toBe(0);
  await checkAndStop(rig, [502]);
});

test('a connection that died without a word is given up soon after the poll time', async () => {
  const rig = await startRig();
  rig.core.faults.push({ method: 'getUpdates', kind: 'hang' });
  await rig.say('otto', '/plan');
  await rig.say('otto', '/plan');
  await rig.clock.advance(45_000);
  expect(rig.texts('otto')).toHaveLength(2);
  await checkAndStop(rig);
});

test('starting without Telegram takes five seconds, then it works as soon as it can', async () => {
  const rig = makeRig();
  const stopOutage = rig.core.faults.push({ method: '*', kind: 'hang', count: 10_000 });
  const started = rig.bot.start();
  await rig.clock.advance(5_100);
  await started;
  rig.door.tell({ type: 'halted', at: rig.clock.now(), active: true, reason: 'x' });
  stopOutage();
  await rig.clock.advance(900_000);
  await calm(rig);
  await rig.say('otto', '/plan');
  expect(rig.last('otto')).toContain('No liquidation plan waits');
  await stop(rig);
});

test('the token is in no log, whatever fails', async () => {
  const rig = await startRig();
  rig.core.faults.push({ method: '*', kind: 'reset_before', count: 3 });
  rig.core.faults.push({
    method: '*',
    kind: 'error',
    code: 500,
    count: 3,
    description: `x/bot${TOKEN}/y`,
  });
  rig.door.positions = () => {
    throw new Error(`request to https://api.telegram.org/bot${TOKEN}/sendMessage failed`);
  };
  rig.core.say('otto', '/positions');
  await rig.clock.advance(60_000);
  await rig.say('otto', '/plan');
  await rig.say('otto', '/positions');
  await rig.clock.advance(60_000);
  expect(rig.log.length).toBeGreaterThan(5);
  expect(rig.log.join('\n')).not.toContain(TOKEN.slice(8));
  await checkAndStop(rig, [500]);
});

test('a handler that throws is answered in words, and polling goes on', async () => {
  const rig = await startRig();
  const { status } = rig.door;
  rig.door.status = () => {
    throw new Error('no status');
  };
  await rig.say('otto', '/start');
  expect(rig.last('otto')).toContain('Something went wrong on my side');
  rig.door.status = status;
  await rig.say('otto', '/start');
  expect(rig.last('otto')).toContain('Hello Otto');
  await settle();
  await checkAndStop(rig);
});

test('a button pressed while it was down is not obeyed, unless a ticket holds', async () => {
  const first = await startRig();
  const plan = first.door.addPlan();
  first.door.tell({ type: 'plan_proposed', at: first.clock.now(), plan });
  await calm(first);
  await first.say('otto', '/settings');
  await first.tap('otto', 'Allocation');
  await first.tap('otto', 'Allocation mode');
  await stop(first);
  first.core.tapLabel('otto', 'Notional × weight');
  first.core.tapLabel('olivia', 'Approve');
  const rig = await startRig({ earlier: first });
  await rig.clock.advance(2_000);
  expect(rig.door.acts).toEqual(['approve plan1 by Olivia']);
  expect(rig.last('otto')).toContain('1 command or press made while I was away was dropped');
  await rig.tap('otto', 'Notional × weight');
  expect(rig.door.acts.at(-1)).toBe('set allocation.mode risk_weight by Otto');
  await checkAndStop(rig);
});

test('a button pressed in a long outage is not obeyed; in a short one it is', async () => {
  const rig = await startRig();
  await rig.say('otto', '/settings');
  await rig.tap('otto', 'Allocation');
  await rig.tap('otto', 'Allocation mode');
  const outage = async (ms: number) => {
    const end = rig.core.faults.push({
      ...{ method: 'getUpdates', kind: 'error', code: 502, count: 10_000 },
      description: 'Bad Gateway',
    } as const);
    await rig.clock.advance(31_000);
    rig.core.tapLabel('otto', 'Notional × weight');
    await rig.clock.advance(ms);
    end();
    await rig.clock.advance(90_000);
    await calm(rig);
  };
  await outage(300_000);
  expect(rig.door.acts).toEqual([]);
  expect(rig.last('otto')).toContain('1 command or press made while I was away was dropped');
  await outage(1_000);
  expect(rig.door.acts).toEqual(['set allocation.mode risk_weight by Otto']);
  // The first press was answered too late for Telegram.
  await stop(rig);
});

test('a press right after the start is obeyed, although it is among the first', async () => {
  const rig = await startRig();
  await rig.say('otto', '/settings');
  await stop(rig);
  const next = await startRig({ earlier: rig });
  await next.tap('otto', 'Allocation');
  expect(next.texts('otto')[0]).toContain('Allocation mode');
  await checkAndStop(next);
});
