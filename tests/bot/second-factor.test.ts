import { TOTP } from 'otpauth';
import { beforeEach, describe, expect, test } from 'vitest';
import { balancerSettingsSchema } from '../../src/systems/balancer/index.ts';
import { checkAndStop, type Rig, startRig } from './rig.ts';

let rig: Rig;

beforeEach(async () => {
  rig = await startRig();
});

/** What an authenticator on a telephone would show now. */
function codeOf(id: number): string {
  const secret = rig.people.read().people.find((person) => person.id === id)?.totp ?? '';
  return new TOTP({ secret }).generate({ timestamp: rig.clock.now() });
}

/** Enrols by the first code, taken from where the terminal shows it. */
async function enrol(who: 'olivia' | 'otto'): Promise<void> {
  await rig.say(who, '/settings');
  await rig.tap(who, '🔐 Second factor');
  await rig.tap(who, '📟 Show QR in the terminal');
  const secret = /by hand: (\w+)/.exec(rig.said.at(-1) ?? '')?.[1] ?? '';
  await rig.say(who, new TOTP({ secret }).generate({ timestamp: rig.clock.now() }));
  expect(rig.last(who)).toContain('The second factor works');
  await rig.clock.advance(60_000);
}

async function guard(label: string): Promise<void> {
  await rig.say('olivia', '/settings');
  await rig.tap('olivia', '🔐 Second factor');
  await rig.tap('olivia', `☐ ${label}`);
}

test('the secret is shown in the terminal and never in a chat or a log', async () => {
  await enrol('otto');
  const secret = rig.people.read().people.find(({ id }) => id === 1002)?.totp ?? '?';
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(rig.said.join('\n')).toContain('Second factor of Otto');
  expect(rig.said.join('\n')).toMatch(/[█▀▄]/);
  const chat = JSON.stringify(rig.core.transcript()) + rig.log.join('\n');
  expect(chat).not.toContain(secret);
  expect(rig.door.audits.join()).not.toContain(secret);
  await checkAndStop(rig);
});

test('a guarded act waits for a code, which is deleted; then five minutes of grace', async () => {
  await enrol('olivia');
  await guard('Dry run off');
  await rig.say('olivia', '/dryrun off');
  await rig.tap('olivia', 'Continue');
  await rig.tap('olivia', 'Trade for real');
  expect(rig.last('olivia')).toContain('Send the six-digit code within a minute');
  expect(rig.door.acts).toEqual([]);
  const code = codeOf(1001);
  await rig.say('olivia', code);
  expect(rig.door.acts).toEqual(['dry run off by Olivia']);
  expect(rig.core.messages('olivia').some(({ text }) => text === code)).toBe(false);
  expect(rig.door.audits).toContain('factor_used  by Olivia');
  await rig.say('olivia', '/dryrun on');
  await rig.say('olivia', '/dryrun off');
  await rig.tap('olivia', 'Continue');
  await rig.tap('olivia', 'Trade for real');
  expect(rig.door.acts.at(-1)).toBe('dry run off by Olivia');
  expect(rig.door.acts).toHaveLength(3);
  await checkAndStop(rig);
});

test('a code works once', async () => {
  await enrol('olivia');
  await guard('Dry run off');
  const press = async () => {
    await rig.say('olivia', '/dryrun off');
    await rig.tap('olivia', 'Continue');
    await rig.tap('olivia', 'Trade for real');
  };
  await press();
  const code = codeOf(1001);
  await rig.say('olivia', code);
  await rig.say('olivia', '/dryrun on');
  await rig.clock.advance(5 * 60_000);
  await press();
  await rig.say('olivia', code);
  expect(rig.last('olivia')).toContain('Wrong code');
  expect(rig.door.acts).toHaveLength(2);
  await checkAndStop(rig);
});

test('five wrong codes lock for five minutes, whatever comes then', async () => {
  await enrol('olivia');
  await guard('Dry run off');
  await rig.say('olivia', '/dryrun off');
  await rig.tap('olivia', 'Continue');
  await rig.tap('olivia', 'Trade for real');
  for (let i = 0; i < 5; i += 1) await rig.say('olivia', '000000');
  expect(rig.last('olivia')).toContain('Locked for 5 min');
  await rig.say('olivia', codeOf(1001));
  expect(rig.door.acts).toEqual([]);
  await rig.say('olivia', '/dryrun off');
  await rig.tap('olivia', 'Continue');
  await rig.tap('olivia', 'Trade for real');
  await rig.say('olivia', codeOf(1001));
  expect(rig.last('olivia')).toContain('Locked');
  expect(rig.door.acts).toEqual([]);
  await checkAndStop(rig);
});

test('without a code in time nothing is done', async () => {
  await enrol('olivia');
  await guard('Dry run off');
  await rig.say('olivia', '/dryrun off');
  await rig.tap('olivia', 'Continue');
  await rig.tap('olivia', 'Trade for real');
  await rig.clock.advance(61_000);
  await rig.say('olivia', '/version');
  expect(rig.texts('olivia').join('\n')).toContain('No code came in time');
  await rig.say('olivia', codeOf(1001));
  expect(rig.door.acts).toEqual([]);
  await checkAndStop(rig);
});

test('who has none cannot do what is guarded, and an owner cannot lock everybody out', async () => {
  await guard('Dry run off');
  expect(rig.toast()).toContain('Enrol yourself first');
  await enrol('olivia');
  await guard('Dry run off');
  await rig.say('otto', '/dryrun off');
  await rig.tap('otto', 'Continue');
  await rig.tap('otto', 'Trade for real');
  expect(rig.last('otto')).toContain('you have none');
  expect(rig.door.acts).toEqual([]);
  await checkAndStop(rig);
});

test('switching a guard off takes a code as well', async () => {
  await enrol('olivia');
  await guard('People');
  await rig.tap('olivia', '☑ People');
  expect(rig.last('olivia')).toContain('Send the six-digit code');
  expect(rig.people.read().guards).toEqual(['people']);
  await rig.say('olivia', codeOf(1001));
  expect(rig.people.read().guards).toEqual([]);
  await checkAndStop(rig);
});

const DRY_RUN = 'liquidation.dry_run';
const ASK = 'liquidation.require_confirmation';

/** A profile that a person loads, applied by the real desk. */
async function loadProfile(key: string, after: boolean): Promise<void> {
  rig.door.differences = [{ key, before: !after, after }];
  rig.door.applySettings = (_, by) => rig.door.desk.changeMany([{ key, value: after }], by);
  await rig.say('olivia', '/profile save live');
  await rig.say('olivia', '/profile load live');
}

describe('a set of settings and its undo ask for every code their values are behind', () => {
  const isDry = () => rig.door.settings().effective.liquidation.dry_run;

  test.each([
    [DRY_RUN, 'Dry run off'],
    [ASK, 'Liquidation plans'],
  ])('a profile that switches %s off, behind “%s” alone', async (key, label) => {
    await enrol('olivia');
    await guard(label);
    await loadProfile(key, false);
    await rig.tap('olivia', 'Continue');
    await rig.tap('olivia', 'Apply');
    expect(rig.last('olivia')).toContain('Send the six-digit code');
    expect(rig.door.acts.filter((act) => act.startsWith('set'))).toEqual([]);
    await rig.say('olivia', codeOf(1001));
    expect(rig.door.acts.at(-1)).toBe(`set ${key} false by Olivia`);
    await checkAndStop(rig);
  });

  test('an undo that would switch dry run off: two questions, then the code', async () => {
    rig.door.useFile(balancerSettingsSchema.parse({ liquidation: { dry_run: false } }));
    await enrol('olivia');
    await guard('Dry run off');
    await loadProfile(DRY_RUN, true);
    await rig.tap('olivia', 'Apply');
    expect(isDry()).toBe(true);
    await rig.tap('olivia', '↩️ Undo');
    expect(rig.last('olivia')).toContain('Switch dry run off?');
    expect(rig.buttons('olivia')).toEqual(['Continue', 'Cancel']);
    await rig.tap('olivia', 'Continue');
    expect(rig.buttons('olivia')).toEqual(['Cancel', '↩️ Undo']);
    await rig.tap('olivia', '↩️ Undo');
    expect(rig.last('olivia')).toContain('Send the six-digit code');
    expect(isDry()).toBe(true);
    await rig.say('olivia', codeOf(1001));
    expect(isDry()).toBe(false);
    await checkAndStop(rig);
  });

  test('an undo that lets nothing through is one tap, behind its own guard', async () => {
    await enrol('olivia');
    await guard('Sets of settings and undo');
    rig.door.applySettings = (_, by) => rig.door.desk.change('thresholds.price_spike_pct', 5, by);
    rig.door.differences = [{ key: 'thresholds.price_spike_pct', before: 3, after: 5 }];
    await rig.say('olivia', '/profile save calm');
    await rig.say('olivia', '/profile load calm');
    await rig.tap('olivia', 'Apply');
    await rig.say('olivia', codeOf(1001));
    await rig.clock.advance(6 * 60_000);
    await rig.tap('olivia', '↩️ Undo');
    expect(rig.last('olivia')).toContain('Send the six-digit code');
    await rig.say('olivia', codeOf(1001));
    expect(rig.door.settings().effective.thresholds.price_spike_pct).toBe(3);
    await checkAndStop(rig);
  });
});

test('six digits that nobody asked for are no code', async () => {
  await rig.say('otto', '123456');
  expect(rig.last('otto')).toContain('I act on commands and buttons only');
  await checkAndStop(rig);
});
