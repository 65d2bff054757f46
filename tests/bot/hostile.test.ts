/** Absurd and hostile input: an understandable answer or silence, never half an act. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BUTTON_ACTIONS } from '../../src/bot/buttons/codec.ts';
import { everyCommand } from '../docs/command-reference.ts';
import { fillWorld } from './full-world.ts';
import { calm, checkAndStop, type Rig, startRig } from './rig.ts';

const HOSTILE = [
  '<b>x</b><script>',
  '&lt; &#60; </code>',
  'NaN',
  '-1',
  '0',
  '1e999',
  '1,5',
  '99999999999999999999',
  '٣٣',
  '\u202etxt.exe',
  '\u0000\u200b',
  '🧨🧨🧨',
  '__proto__',
  'constructor',
  'BTCEUR',
  'tBTCF0:EUTF0',
  'XYZ',
  '../../etc/passwd',
  "'; drop table --",
  '{ $name }',
  '/panic',
  `${'A'.repeat(3900)}`,
  `${'a '.repeat(1900)}`,
];
/** Whatever follows these, they are carried out or concern something else. */
const TAKES_ANYTHING = new Set(['panic', 'help']);
/** First words that fit, so that what follows them is reached. */
const LEADS: Readonly<Record<string, readonly string[]>> = {
  topup: ['BTC'],
  release: ['BTC'],
  reduce: ['BTC'],
  whatif: ['BTC', '*'],
  history: ['errors'],
  chart: ['margin', 'price'],
  profile: ['load'],
};

async function startHostile(): Promise<Rig> {
  const rig = await startRig({ watchPositions: false });
  fillWorld(rig);
  rig.door.differences = [];
  return rig;
}

test.each(everyCommand().all.map(({ name }) => name))('/%s', { timeout: 60_000 }, async (name) => {
  const rig = await startHostile();
  for (const lead of ['', ...(LEADS[name] ?? [])]) {
    for (const hostile of HOSTILE) {
      const typed = `/${name} ${lead} ${hostile}`.replace(/ +/g, ' ').slice(0, 4000);
      await rig.say('olivia', typed);
      const text = rig.last('olivia');
      expect(text, typed).not.toContain('Something went wrong');
      expect(text.length, typed).toBeGreaterThan(0);
      expect(text.length, typed).toBeLessThanOrEqual(4096);
      if (!TAKES_ANYTHING.has(name)) expect(rig.door.acts, typed).toEqual([]);
      await rig.clock.advance(1_000);
    }
  }
  expect(rig.people.read().people.every(({ role }) => role !== undefined)).toBe(true);
  await checkAndStop(rig);
});

test('ten thousand characters are answered like any other mistake', async () => {
  const rig = await startHostile();
  const from = { id: 1002, is_bot: false, first_name: 'Otto', language_code: 'en' };
  const chat = { id: 1002, type: 'private', first_name: 'Otto' };
  const date = Math.floor(rig.clock.now() / 1000);
  for (const text of [
    `/topup ${'x'.repeat(10_000)}`,
    `/${'y'.repeat(10_000)}`,
    'z'.repeat(10_000),
  ]) {
    await rig.forge({ message: { message_id: 9, date, chat, from, text } });
  }
  expect(rig.texts('otto')).toHaveLength(3);
  for (const text of rig.texts('otto')) expect(text.length).toBeLessThan(500);
  expect(rig.door.acts).toEqual([]);
  await checkAndStop(rig);
});

test('made-up button data is answered, whatever it says', { timeout: 60_000 }, async () => {
  const rig = await startHostile();
  const argument = fc.oneof(
    fc.string({ maxLength: 40, unit: 'grapheme' }),
    fc.constantFrom(
      'r25:tXYZF0:USTF0',
      'd9',
      't:tBTCF0:USTF0',
      'r0:tBTCF0:USTF0',
      'd0',
      '1003.owner',
    ),
    fc.constantFrom(
      '0000000000',
      '1003',
      '-1',
      '99999',
      'p.7d.d.',
      'm.24h.d.',
      'Mars/Base',
      'people',
    ),
  );
  const data = fc.oneof(
    fc
      .tuple(fc.constantFrom(...BUTTON_ACTIONS), argument)
      .map(([action, text]) => `v1|${action}|${text}`),
    fc.string({ maxLength: 64 }),
    argument.map((text) => `set/0/0/${text}/`),
  );
  const user = { id: 1002, is_bot: false, first_name: 'Otto', language_code: 'en' };
  const message = {
    message_id: 3,
    date: 0,
    chat: { id: 1002, type: 'private', first_name: 'Otto' },
  };
  let count = 0;
  await fc.assert(
    fc.asyncProperty(data, async (forged) => {
      count += 1;
      const id = `forged${count}`;
      rig.forger.push({
        callback_query: { id, from: user, chat_instance: '1', data: forged, message },
      });
      rig.core.say('sam', 'filler');
      await calm(rig);
      await rig.clock.advance(1_000);
      const answers = rig.core
        .calls()
        .filter(
          ({ method, payload }) =>
            method === 'answerCallbackQuery' && payload['callback_query_id'] === id,
        );
      expect(answers).toHaveLength(1);
    }),
    { numRuns: 150, seed: 7 },
  );
  expect(rig.texts('otto').join()).not.toContain('Something went wrong');
  expect(rig.door.acts).toEqual([]);
  expect(rig.people.read().people.map(({ role }) => role)).not.toContain('owner');
  await checkAndStop(rig, [400]);
});

test('two people at once each get their own answer, and both acts reach the engine', async () => {
  const rig = await startHostile();
  rig.core.say('olivia', '/reduce BTC 25');
  rig.core.say('otto', '/reduce BTC 50');
  await calm(rig);
  expect(rig.last('olivia')).toContain('Reduce BTC by 25 %');
  expect(rig.last('otto')).toContain('Reduce BTC by 50 %');
  rig.core.tapLabel('otto', 'Reduce');
  rig.core.tapLabel('olivia', 'Reduce');
  await calm(rig);
  expect(rig.door.acts).toEqual(['act act2 by Otto', 'act act1 by Olivia']);
  await checkAndStop(rig);
});

test('two dialogues at once do not mix', async () => {
  const rig = await startHostile();
  for (const who of ['olivia', 'otto'] as const) {
    await rig.say(who, '/settings');
    await rig.tap(who, 'Thresholds');
  }
  await rig.tap('olivia', 'Price spike');
  await rig.tap('otto', 'Smallest move');
  await rig.say('olivia', '4');
  await rig.say('otto', '75');
  expect(rig.door.acts).toEqual([
    'set thresholds.price_spike_pct 4 by Olivia',
    'set thresholds.min_adjustment_usdt 75 by Otto',
  ]);
  await checkAndStop(rig);
});

test('a command that was edited into another one is not carried out', async () => {
  const rig = await startHostile();
  const from = { id: 1002, is_bot: false, first_name: 'Otto', language_code: 'en' };
  const chat = { id: 1002, type: 'private', first_name: 'Otto' };
  const date = Math.floor(rig.clock.now() / 1000);
  await rig.say('otto', '/version');
  const before = rig.texts('otto').length;
  const edited_message = { message_id: 1, date, edit_date: date, chat, from, text: '/panic' };
  await rig.forge({ edited_message });
  expect(rig.texts('otto')).toHaveLength(before);
  expect(rig.door.acts).toEqual([]);
  await checkAndStop(rig);
});
