/** Every command in every language, as its reader sees it. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LOCALES } from '../../../src/bot/i18n/locale.ts';
import { ROLES } from '../../../src/bot/people/roles.ts';
import { everyCommand } from '../../docs/command-reference.ts';
import { ROOT } from '../../tidy/sources.ts';
import { fillWorld } from '../full-world.ts';
import { checkAndStop, type Rig, startRig } from '../rig.ts';

/** What is typed for each command; the buttons below an answer are part of the transcript. */
const TYPED: Readonly<Record<string, readonly string[]>> = {
  status: [''],
  positions: ['', 'btc', 'xyz'],
  balance: [''],
  plan: [''],
  pending: [''],
  why: ['BTC', ''],
  whatif: ['BTC -10%', '* -15%', 'BTC'],
  weights: [''],
  history: ['', 'liquidations 5', 'settings', 'errors today', 'adjustments 2020-01-01', 'x'],
  report: ['', 'yesterday', '2020-01-01'],
  chart: ['', 'price BTC 7d', 'price'],
  health: [''],
  logs: ['0', '101'],
  version: [''],
  rebalance: [''],
  topup: ['BTC 500', 'BTC 4%', 'BTC -5', 'BTC'],
  release: ['BTC 200', 'BTC lots'],
  reduce: ['BTC 25%', 'BTC 101'],
  close: ['BTC'],
  approve: [''],
  reject: [''],
  pause: ['2h', 'sometimes'],
  resume: [''],
  panic: [''],
  dryrun: ['', 'off', 'on'],
  settings: [''],
  profile: ['', 'save calm', 'load calm', 'load'],
  export: [''],
  import: [''],
  users: [''],
  audit: [''],
  notifications: [''],
  here: [''],
  away: [''],
  language: [''],
  timezone: ['', 'Asia/Seoul', 'nowhere'],
  cancel: [''],
  help: ['', 'topup', 'settings', 'nothing'],
  start: [''],
};

test('every command has a role, its texts and a transcript', () => {
  const commands = everyCommand();
  expect(Object.keys(TYPED).sort()).toEqual(commands.all.map(({ name }) => name).sort());
  for (const { name, role, args, examples } of commands.all) {
    expect(ROLES, name).toContain(role);
    const needsWords = args.some(({ optional }) => !optional);
    expect(!needsWords || examples.length > 0, `${name} needs an example`).toBe(true);
  }
});

test.each(LOCALES)('the whole table in %s', { timeout: 60_000 }, async (locale) => {
  const heard: string[] = [];
  for (const { name } of everyCommand().all) {
    const rig = await readerOf(locale);
    for (const words of TYPED[name] ?? [])
      heard.push(...(await hear(rig, `/${name} ${words}`.trim())));
    await checkAndStop(rig);
  }
  const text = heard.join('\n');
  expect(text).not.toMatch(/\{[a-z][\w-]*\}|undefined|NaN|\[object|Infinity/);
  const path = join(ROOT, 'tests/bot/transcripts', `${locale}.txt`);
  await expect(`${text}\n`).toMatchFileSnapshot(path);
});

async function readerOf(locale: (typeof LOCALES)[number]): Promise<Rig> {
  const rig = await startRig();
  await rig.say('olivia', '/version');
  await rig.people.update((state) => ({
    ...state,
    people: state.people.map((person) =>
      person.id === 1001 ? { ...person, language: locale } : person,
    ),
  }));
  fillWorld(rig);
  return rig;
}

/** What was typed, every message it brought, and the labels of their buttons. */
async function hear(rig: Rig, typed: string): Promise<string[]> {
  const known = rig.core.messages('olivia').length;
  await rig.say('olivia', typed);
  const lines = [`> ${typed}`];
  for (const message of rig.core.messages('olivia').slice(known + 1)) {
    if (message.document) lines.push(`[${message.document.file_name}]`);
    lines.push(message.text ?? message.caption ?? '');
    const markup = message.reply_markup;
    for (const row of markup && 'inline_keyboard' in markup ? markup.inline_keyboard : []) {
      lines.push(row.map(({ text }) => `[${text}]`).join(' '));
    }
  }
  return [...lines, ''];
}
