import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCommand } from '../../../src/bot/commands/router.ts';
import { editDistance, nearest } from '../../../src/bot/commands/suggest.ts';
import { checkAndStop, startRig } from '../rig.ts';

test('a command is read with its bot name and words, in any case', () => {
  expect(parseCommand('/Positions@Ballast_bot  btc   x')).toEqual({
    ...{ name: 'positions', target: 'Ballast_bot' },
    words: ['btc', 'x'],
  });
  expect(parseCommand('/plan\nrest')).toMatchObject({ name: 'plan', words: ['rest'] });
  for (const text of ['plan', '/', '/ plan', '/plan-b', `/${'x'.repeat(65)}`]) {
    expect(parseCommand(text)).toBeNull();
  }
});

test('the nearest command is suggested when it is near enough', () => {
  const known = ['status', 'positions', 'plan', 'rebalance', 'dryrun'];
  expect(nearest('statsu', known)).toBe('status');
  expect(nearest('posit', known)).toBe('positions');
  expect(nearest('rebalanse', known)).toBe('rebalance');
  expect(nearest('xyzzy', known)).toBeUndefined();
  expect(nearest('a', known)).toBeUndefined();
});

test('the distance between texts is a distance', () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b) === 0).toBe(a === b);
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
});

test('every command answers wrong and hostile arguments with its right form', async () => {
  const rig = await startRig();
  const hostile = ['<b>x</b> y', '; rm -rf', `${'A '.repeat(1500)}`, 'NaN -1 1e999', '\u202e x'];
  const commands = ['start', 'status', 'plan', 'rebalance', 'dryrun', 'settings', 'language'];
  for (const command of [...commands, 'cancel', 'help', 'positions']) {
    for (const words of hostile) {
      await rig.say('olivia', `/${command} ${words}`);
      expect(rig.last('olivia')).toContain(`/${command}`);
    }
  }
  expect(rig.door.acts).toEqual([]);
  await checkAndStop(rig);
});

test('/help shows what each may do, and one command with its form', async () => {
  const rig = await startRig();
  await rig.say('otto', '/help');
  for (const name of ['status', 'positions', 'rebalance', 'dryrun', 'settings']) {
    expect(rig.last('otto')).toContain(`/${name}`);
  }
  await rig.say('otto', '/help positions');
  expect(rig.last('otto')).toContain('/positions [SYMBOL]');
  await rig.say('vera', '/help rebalanc');
  expect(rig.last('vera')).toContain('I do not know /rebalanc');
  await rig.say('otto', '/rebalanc');
  expect(rig.last('otto')).toContain('Did you mean /rebalance?');
  await checkAndStop(rig);
});

test('/status shows account, mode, freshness and what waits', async () => {
  const rig = await startRig();
  rig.door.addPlan();
  rig.door.statusChange = {
    ...{ positions: 4, accountWarning: true, feedUp: false, simulated: true },
    ...{ mode: 'halted', modeReason: 'journal <full>', unknownOutcomes: 2 },
  };
  await rig.say('vera', '/status');
  const text = rig.last('vera');
  for (const part of [
    ...['🟠 Account margin rate 4.74%', 'HALTED', 'journal <full>', 'Simulated exchange'],
    ...['Price feed is down', 'A liquidation plan waits', '2 writes with unknown outcome'],
  ]) {
    expect(text).toContain(part);
  }
  rig.door.statusChange = { positions: 4, accountRatePct: null, equityUsd: null };
  await rig.tap('vera', '🔄 Refresh');
  expect(rig.last('vera')).toContain('Account margin rate unknown');
  await rig.tap('vera', 'Positions');
  expect(rig.last('vera')).toContain('No open positions');
  await checkAndStop(rig);
});
