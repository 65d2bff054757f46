/** Every command, in every kind of update, from every role, in the right and the wrong chat. */
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/bot/commands/command.ts';
import { allows, ROLES, type Role } from '../../src/bot/people/roles.ts';
import { everyCommand } from '../docs/command-reference.ts';
import { fillWorld } from './full-world.ts';
import { calm, type Rig, startRig, stop, USERS, type Who } from './rig.ts';

const TEAM = -100;
const OTHERS = -200;
const WHO: Readonly<Record<Role | 'stranger', Who>> = {
  owner: 'olivia',
  operator: 'otto',
  viewer: 'vera',
  stranger: 'sam',
};
const commands = everyCommand().all;

/** What the bot said because of one update. */
interface Heard {
  readonly texts: readonly string[];
  readonly toasts: readonly string[];
}

function user(who: Who) {
  const { id = 0, firstName = '' } = USERS.find(({ key }) => key === who) ?? {};
  return { id, is_bot: false, first_name: firstName, language_code: 'en' };
}

function chatOf(who: Who, chatId: number) {
  if (chatId < 0) return { id: chatId, type: 'supergroup', title: 'Team' };
  return { id: user(who).id, type: 'private', first_name: 'x' };
}

function typed({ name, examples }: Command): string {
  return `/${name} ${examples[0] ?? ''}`.trim();
}

function messageOf(rig: Rig, who: Who, text: string, chatId: number) {
  const date = Math.floor(rig.clock.now() / 1000);
  return { message_id: 7777, date, chat: chatOf(who, chatId), from: user(who), text };
}

/** Every kind of update that can carry the words of a command. */
const KINDS = {
  message: (rig: Rig, who: Who, text: string, chatId: number) => ({
    message: messageOf(rig, who, text, chatId),
  }),
  edited: (rig: Rig, who: Who, text: string, chatId: number) => ({
    edited_message: { ...messageOf(rig, who, text, chatId), edit_date: 1 },
  }),
  forwarded: (rig: Rig, who: Who, text: string, chatId: number) => ({
    message: {
      ...messageOf(rig, who, text, chatId),
      forward_origin: { type: 'user', sender_user: user('olivia'), date: 1 },
    },
  }),
  stale: (rig: Rig, who: Who, text: string, chatId: number) => ({
    message: { ...messageOf(rig, who, text, chatId), date: 1_700_000_000 },
  }),
  channel: (rig: Rig, who: Who, text: string, chatId: number) => ({
    channel_post: { ...messageOf(rig, who, text, chatId), from: undefined },
  }),
  inline: (_: Rig, who: Who, text: string) => ({
    inline_query: { id: '1', from: user(who), query: text, offset: '' },
  }),
  press: (rig: Rig, who: Who, text: string, chatId: number) => ({
    callback_query: {
      ...{ id: String(rig.core.calls().length), from: user(who), chat_instance: '1' },
      data: text.slice(0, 60),
      message: messageOf(rig, who, 'x', chatId),
    },
  }),
} as const;

async function play(rig: Rig, update: object): Promise<Heard> {
  const before = rig.core.calls().length;
  rig.forger.push(update);
  rig.core.say('sam', 'filler');
  await calm(rig);
  await rig.clock.advance(1_000);
  const calls = rig.core.calls().slice(before);
  const textsOf = (method: RegExp, field: string) =>
    calls.filter((call) => method.test(call.method)).map(({ payload }) => String(payload[field]));
  return {
    texts: [...textsOf(/^(send|edit)Message/, 'text'), ...textsOf(/^sendDocument/, 'caption')],
    toasts: textsOf(/^answerCallbackQuery/, 'text'),
  };
}

async function startMatrix(): Promise<Rig> {
  const rig = await startRig({ watchPositions: false });
  rig.core.addToGroup('olivia', { id: TEAM, title: 'Team' });
  await calm(rig);
  rig.core.say('olivia', '/here', { chatId: TEAM });
  await calm(rig);
  rig.core.addToGroup('sam', { id: OTHERS, title: 'Others' });
  await calm(rig);
  fillWorld(rig);
  return rig;
}

const silent = ({ texts, toasts }: Heard) => expect([...texts, ...toasts]).toEqual([]);

describe.each(Object.keys(WHO) as (keyof typeof WHO)[])('%s', { timeout: 120_000 }, (role) => {
  const who = WHO[role];
  const isKnown = role !== 'stranger';

  test.each([
    ['in private', 0],
    ['in the team group', TEAM],
    ['in a foreign group', OTHERS],
  ])('a command %s', async (_, chatId) => {
    const rig = await startMatrix();
    const isForeign = chatId === OTHERS;
    for (const command of commands) {
      // Binding a group is the one thing an owner can do in one that is not bound.
      if (isForeign && command.name === 'here') continue;
      rig.door.acts.length = 0;
      const heard = await play(rig, KINDS.message(rig, who, typed(command), chatId));
      if (!isKnown || isForeign) {
        silent(heard);
        expect(rig.door.acts, command.name).toEqual([]);
        continue;
      }
      const text = heard.texts.join('\n');
      const mayUse = allows(role, command.role);
      const isHere = command.scope === 'anywhere' || chatId === 0;
      expect(text, command.name).not.toBe('');
      expect(text, command.name).not.toContain('Something went wrong');
      expect(text.includes('for the role'), command.name).toBe(!mayUse);
      if (mayUse) expect(text.includes('private chat only'), command.name).toBe(!isHere);
      if (!mayUse || !isHere) expect(rig.door.acts, command.name).toEqual([]);
      // The group would be left: that is tested where it belongs.
      if (command.name === 'away' && chatId === TEAM && mayUse) await rejoin(rig);
    }
    await stop(rig);
  });

  test.each(['edited', 'forwarded', 'stale', 'channel', 'inline', 'press'] as const)(
    'the same words as %s do nothing',
    async (kind) => {
      const rig = await startMatrix();
      const acts = [...rig.door.acts];
      for (const command of commands) {
        // Binding a group is heard in one that is not bound.
        const isBinding = command.name === 'here';
        for (const chatId of isBinding ? [0, TEAM] : [0, TEAM, OTHERS]) {
          const heard = await play(rig, KINDS[kind](rig, who, typed(command), chatId));
          expect(heard.texts.join(), command.name).not.toContain('Something went wrong');
          if (!isKnown || (chatId === OTHERS && kind !== 'press')) silent(heard);
        }
      }
      expect(rig.door.acts).toEqual(acts);
      await stop(rig);
    },
  );
});

async function rejoin(rig: Rig): Promise<void> {
  rig.core.say('olivia', '/here', { chatId: TEAM });
  await calm(rig);
}

test('the roles of the matrix are all there are', () => {
  expect(Object.keys(WHO).sort()).toEqual([...ROLES, 'stranger'].sort());
});
