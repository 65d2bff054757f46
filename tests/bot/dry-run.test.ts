import { expect, test } from 'vitest';
import { settle } from '../support/manual-clock.ts';
import { checkAndStop, startRig } from './rig.ts';

test('off asks twice, on two different buttons, before anything is written for real', async () => {
  const rig = await startRig();
  await rig.say('otto', '/dryrun off');
  expect(rig.buttons('otto')).toEqual(['Continue', 'Keep dry run']);
  await rig.tap('otto', 'Continue');
  expect(rig.door.acts).toEqual([]);
  expect(rig.last('otto')).toContain('Really?');
  expect(rig.buttons('otto')).toEqual(['Keep dry run', 'Trade for real']);
  await rig.tap('otto', 'Trade for real');
  expect(rig.door.acts).toEqual(['dry run off by Otto']);
  expect(rig.last('otto')).toMatch(/Dry run is off.*\nOtto · 12:00:00 UTC$/);
  expect(rig.buttons('otto')).toEqual([]);
  expect(rig.texts('otto')).toHaveLength(1);
  expect(rig.door.audits).toEqual([
    'dryrun off by Otto',
    'dry_run_off first by Otto',
    'dry_run_off second by Otto',
  ]);
  await checkAndStop(rig);
});

test('the first button cannot be used again for the second question', async () => {
  const rig = await startRig();
  await rig.say('otto', '/dryrun off');
  const first = rig.core.everyButton()[0];
  await rig.tap('otto', 'Continue');
  rig.core.tap('otto', first?.messageId ?? 0, first?.data ?? '');
  await settle();
  expect(rig.toast()).toContain('Already decided');
  expect(rig.door.acts).toEqual([]);
  await checkAndStop(rig);
});

test('keeping it leaves everything as it was, at either question', async () => {
  const rig = await startRig();
  await rig.say('otto', '/dryrun off');
  await rig.tap('otto', 'Keep dry run');
  expect(rig.last('otto')).toContain('stays on');
  await rig.say('otto', '/dryrun off');
  await rig.tap('otto', 'Continue');
  await rig.tap('otto', 'Keep dry run');
  expect(rig.door.acts).toEqual([]);
  await checkAndStop(rig);
});

test('the questions expire after a minute', async () => {
  const rig = await startRig();
  await rig.say('otto', '/dryrun off');
  await rig.clock.advance(61_000);
  await rig.tap('otto', 'Continue');
  expect(rig.toast()).toContain('Expired');
  expect(rig.door.acts).toEqual([]);
  await checkAndStop(rig);
});

test('on is done at once, without argument it says how things are', async () => {
  const rig = await startRig();
  rig.door.dryRun = false;
  await rig.say('otto', '/dryrun');
  expect(rig.last('otto')).toContain('Dry run is off');
  await rig.say('otto', '/dryrun ON');
  expect(rig.door.acts).toEqual(['dry run on by Otto']);
  await rig.say('otto', '/dryrun sideways');
  expect(rig.last('otto')).toContain('/dryrun [on|off]');
  await checkAndStop(rig);
});

test('a run started with --dry-run cannot be switched off', async () => {
  const rig = await startRig();
  rig.door.pinned = true;
  await rig.say('otto', '/dryrun off');
  await rig.tap('otto', 'Continue');
  await rig.tap('otto', 'Trade for real');
  expect(rig.last('otto')).toContain('--dry-run');
  expect(rig.door.dryRun).toBe(true);
  await checkAndStop(rig);
});
