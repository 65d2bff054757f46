import { expect, test } from 'vitest';
import { checkAndStop, type Rig, startRig } from './rig.ts';

const codeIn = (text: string) => /\d{3}-\d{3}/.exec(text)?.[0] ?? '';
const roleOf = (rig: Rig, id: number) =>
  rig.people.read().people.find((person) => person.id === id)?.role ?? null;

test('an owner invites by a one-time code, and hears nothing of who guesses', async () => {
  const rig = await startRig();
  await rig.say('olivia', '/users');
  for (const part of ['👑 Olivia · owner', '🛠 Otto · operator', '👁 Vera · viewer']) {
    expect(rig.last('olivia')).toContain(part);
  }
  await rig.tap('olivia', '🎟 Invite: operator');
  expect(rig.last('olivia')).toContain('@ballast_demo_bot');
  const code = codeIn(rig.last('olivia'));
  await rig.say('sam', '/pair 000-000');
  expect(rig.last('sam')).toContain('2 tries left');
  await rig.say('sam', `/pair ${code}`);
  expect(rig.last('sam')).toContain('Paired: you are operator here');
  expect(roleOf(rig, 2002)).toBe('operator');
  await rig.say('wei', `/pair ${code}`);
  expect(rig.texts('wei')).toEqual([]);
  expect(rig.door.audits).toContain('invite operator by Olivia');
  expect(rig.door.audits).toContain('pair operator by Sam');
  expect(rig.log.join('\n')).not.toContain(code.replace('-', ''));
  await checkAndStop(rig);
});

test('an invitation ends after a quarter of an hour, or three wrong codes', async () => {
  const rig = await startRig();
  await rig.say('olivia', '/users');
  await rig.tap('olivia', '🎟 Invite: viewer');
  await rig.clock.advance(15 * 60_000);
  await rig.say('sam', `/pair ${codeIn(rig.last('olivia'))}`);
  expect(rig.texts('sam')).toEqual([]);
  await rig.tap('olivia', '🎟 Invite: viewer');
  const code = codeIn(rig.last('olivia'));
  for (const guess of ['1', '2', '3']) await rig.say('sam', `/pair ${guess}`);
  await rig.say('sam', `/pair ${code}`);
  expect(rig.texts('sam')).toHaveLength(3);
  expect(roleOf(rig, 2002)).toBe(null);
  await checkAndStop(rig);
});

test('a role is changed after one question, and counts at once', async () => {
  const rig = await startRig();
  await rig.say('olivia', '/users');
  await rig.tap('olivia', '👁 Vera');
  expect(rig.last('olivia')).toContain('Has no second factor');
  await rig.tap('olivia', 'Make operator');
  expect(rig.last('olivia')).toContain('Make Vera operator?');
  expect(roleOf(rig, 1003)).toBe('viewer');
  await rig.tap('olivia', 'Change');
  expect(rig.last('olivia')).toContain('Vera is now operator');
  expect(rig.door.audits).toContain('role_changed 1003 operator by Olivia');
  await rig.say('vera', '/dryrun on');
  expect(rig.door.acts).toEqual(['dry run on by Vera']);
  await checkAndStop(rig);
});

test('who is removed is a stranger from then on, buttons in hand included', async () => {
  const rig = await startRig();
  await rig.say('otto', '/dryrun off');
  const [button] = rig.core.everyButton();
  await rig.say('olivia', '/users');
  await rig.tap('olivia', '🛠 Otto');
  await rig.tap('olivia', 'Remove');
  await rig.tap('olivia', 'Remove');
  expect(rig.last('olivia')).toContain('Otto has been removed');
  expect(rig.door.audits).toContain('person_removed 1002 by Olivia');
  const before = rig.texts('otto').length;
  rig.core.tap('otto', button?.messageId ?? 0, button?.data ?? '');
  await rig.say('otto', '/status');
  expect(rig.texts('otto')).toHaveLength(before);
  expect(rig.core.commands('otto').map(({ command }) => command)).toEqual(['start']);
  expect(rig.core.unansweredCallbacks()).toHaveLength(1);
  await rig.bot.stop().catch(() => undefined);
});

test('nobody changes oneself or an owner named in the configuration', async () => {
  const rig = await startRig({ people: [{ who: 'otto', role: 'owner' }] });
  await rig.say('olivia', '/version');
  await rig.say('otto', '/users');
  await rig.tap('otto', '👑 Olivia');
  expect(rig.last('otto')).toContain('only that file changes it');
  expect(rig.buttons('otto')).toEqual(['‹ Back']);
  await rig.tap('otto', '‹ Back');
  await rig.tap('otto', '👑 Otto');
  expect(rig.buttons('otto')).toEqual(['‹ Back']);
  await checkAndStop(rig);
});

test('an owner who lost the role meanwhile changes nobody', async () => {
  const rig = await startRig({
    people: [
      { who: 'otto', role: 'owner' },
      { who: 'vera', role: 'viewer' },
    ],
  });
  await rig.say('otto', '/users');
  await rig.tap('otto', '👁 Vera');
  await rig.tap('otto', 'Make owner');
  await rig.people.update((state) => ({
    ...state,
    people: state.people.map((person) =>
      person.id === 1002 ? { ...person, role: 'operator' as const } : person,
    ),
  }));
  await rig.tap('otto', 'Change');
  expect(roleOf(rig, 1003)).toBe('viewer');
  expect(rig.last('otto')).toContain('no longer valid');
  await checkAndStop(rig);
});

test('people are the business of owners', async () => {
  const rig = await startRig();
  for (const who of ['otto', 'vera'] as const) {
    await rig.say(who, '/users');
    expect(rig.last(who)).toContain('for the role “owner” and above');
  }
  await checkAndStop(rig);
});

test('a flood from one person is slowed, told once, and does not reach the others', async () => {
  const rig = await startRig();
  for (let i = 0; i < 80; i += 1) rig.core.say('otto', '/version');
  await rig.say('vera', '/version');
  const slow = rig.texts('otto').filter((text) => text.includes('Too fast'));
  expect(slow).toHaveLength(1);
  expect(rig.texts('otto').length).toBeLessThan(70);
  expect(rig.last('vera')).toContain('Ballast');
  await rig.say('otto', '/panic');
  expect(rig.door.acts).toEqual(['pause by Otto']);
  await rig.clock.advance(60_000);
  await rig.say('otto', '/version');
  expect(rig.last('otto')).toContain('Ballast');
  await checkAndStop(rig);
});

test('times are shown on the clock a person chose', async () => {
  const rig = await startRig();
  await rig.say('otto', '/timezone asia/taipei');
  expect(rig.last('otto')).toContain('Time zone: Asia/Taipei. It is 20:00:00 UTC+8');
  await rig.say('otto', '/timezone Mars/Olympus');
  expect(rig.last('otto')).toContain('expected a time zone such as Asia/Taipei or UTC');
  await rig.say('otto', '/timezone');
  await rig.tap('otto', 'Seoul');
  expect(rig.last('otto')).toContain('21:00:00 UTC+9');
  await checkAndStop(rig);
});
