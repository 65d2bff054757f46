/** Every button of every message that can be reached from /start is pressed, by each role. */
import { expect, test } from 'vitest';
import { LOCALES } from '../../src/bot/i18n/locale.ts';
import { fillWorld } from './full-world.ts';
import { calm, checkAndStop, type Rig, startRig, type Who } from './rig.ts';

const PRESSES_MAX = 600;

interface Button {
  readonly messageId: number;
  readonly data: string;
  /** The same button on the same kind of message is pressed once. */
  readonly sign: string;
}

function buttonsOf(rig: Rig, who: Who): Button[] {
  return rig.core.messages(who).flatMap((message) => {
    const { message_id: messageId, reply_markup: markup, text = '', caption = '' } = message;
    const rows = markup && 'inline_keyboard' in markup ? markup.inline_keyboard : [];
    // Figures, names and what is ticked do not make another message.
    const [line = ''] = (text || caption).replace(/[\d.,:]+/g, '#').split('\n');
    return rows.flat().flatMap((button) => {
      if (!('callback_data' in button)) return [];
      const label = button.text.replace(/^(☐|☑|🔔|🔕|🗞|⛔|• ) ?/u, '');
      return { messageId, data: button.callback_data, sign: `${line.slice(0, 60)} → ${label}` };
    });
  });
}

/** Presses whatever was not pressed yet. @returns what was */
async function walk(rig: Rig, who: Who): Promise<Set<string>> {
  const pressed = new Set<string>();
  await rig.say(who, '/start');
  for (let count = 0; count < PRESSES_MAX; count += 1) {
    const next = buttonsOf(rig, who).find(({ sign }) => !pressed.has(sign));
    if (!next) return pressed;
    pressed.add(next.sign);
    const before = rig.core.calls().length;
    rig.core.tap(who, next.messageId, next.data);
    await calm(rig);
    await rig.clock.advance(1_000);
    const calls = rig.core.calls().slice(before);
    expect(rig.core.unansweredCallbacks(), next.sign).toEqual([]);
    const said = calls.flatMap(({ payload }) => [payload['text'], payload['caption']]).join('\n');
    expect(said, next.sign).not.toContain('⚠️ Something went wrong');
    expect(said, next.sign).not.toContain('This button is outdated');
    expect(said, next.sign).not.toMatch(/\{[a-z][\w-]*\}|undefined|\[object/);
    // A question for a value would take the next text: none is typed here.
    if (count % 25 === 0) await rig.say(who, '/start');
  }
  throw new Error(`more than ${PRESSES_MAX} buttons`);
}

/** An unchanged view is all that Telegram may refuse. */
async function end(rig: Rig): Promise<void> {
  for (const { description } of rig.core.refusals()) expect(description).toContain('not modified');
  await checkAndStop(rig, [400]);
}

test.each([
  ['olivia', 120],
  ['otto', 100],
  ['vera', 8],
] as const)('%s presses everything', { timeout: 120_000 }, async (who, least) => {
  const rig = await startRig({ watchPositions: false });
  fillWorld(rig);
  const pressed = await walk(rig, who);
  expect(pressed.size).toBeGreaterThan(least);
  if (who === 'vera') expect(rig.door.acts).toEqual([]);
  await end(rig);
});

test.each(LOCALES)('the walk of a viewer in %s', { timeout: 60_000 }, async (locale) => {
  const rig = await startRig({ watchPositions: false });
  await rig.say('vera', '/version');
  await rig.people.update((state) => ({
    ...state,
    people: state.people.map((person) =>
      person.id === 1003 ? { ...person, language: locale } : person,
    ),
  }));
  fillWorld(rig);
  await walk(rig, 'vera');
  await end(rig);
});
