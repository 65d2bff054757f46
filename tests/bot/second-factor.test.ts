import { TOTP } from 'otpauth';
import { beforeEach, expect, test } from 'vitest';
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

test('six digits that nobody asked for are no code', async () => {
  await rig.say('otto', '123456');
  expect(rig.last('otto')).toContain('I act on commands and buttons only');
  await checkAndStop(rig);
});
