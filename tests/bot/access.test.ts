import { expect, test } from 'vitest';
import { calm, checkAndStop, makeRig, startRig, TOKEN } from './rig.ts';

const STRANGER = { id: 2002, is_bot: false, first_name: 'Sam', language_code: 'en' };
const CHAT = { id: 2002, type: 'private', first_name: 'Sam' };
const MESSAGE = { message_id: 5, date: 1_767_614_400, chat: CHAT, from: STRANGER, text: '/status' };

const EVERY_KIND: readonly object[] = [
  { message: MESSAGE },
  { edited_message: MESSAGE },
  { channel_post: { ...MESSAGE, from: undefined } },
  {
    callback_query: {
      id: '1',
      from: STRANGER,
      chat_instance: '1',
      data: 'v1|status|',
      message: MESSAGE,
    },
  },
  {
    callback_query: {
      id: '2',
      from: STRANGER,
      chat_instance: '1',
      data: 'set/0/0//h1',
      message: MESSAGE,
    },
  },
  { inline_query: { id: '3', from: STRANGER, query: 'x', offset: '' } },
  {
    message_reaction: {
      chat: CHAT,
      message_id: 1,
      user: STRANGER,
      date: 1,
      old_reaction: [],
      new_reaction: [],
    },
  },
  { poll_answer: { poll_id: '1', user: STRANGER, option_ids: [] } },
  {
    my_chat_member: {
      ...{ chat: CHAT, from: STRANGER, date: 1 },
      old_chat_member: { status: 'member', user: STRANGER },
      new_chat_member: { status: 'kicked', user: STRANGER, until_date: 0 },
    },
  },
  { message: { ...MESSAGE, from: undefined } },
];

test('a stranger gets no answer to any kind of update', async () => {
  const rig = await startRig();
  const before = rig.core.calls().length;
  for (const update of EVERY_KIND) await rig.forge(update);
  const calls = rig.core.calls().slice(before);
  expect(calls.filter(({ method }) => method !== 'getUpdates')).toEqual([]);
  expect(rig.bot.health().ignored).toBe(EVERY_KIND.length);
  expect(rig.texts('sam')).toEqual([]);
  await checkAndStop(rig);
});

test('a group that no owner brought the bot into sees nothing and is left', async () => {
  const rig = await startRig();
  rig.core.addToGroup('otto', { id: -100, title: 'Team' });
  await calm(rig);
  expect(rig.core.calls().some(({ method, ok }) => method === 'leaveChat' && ok)).toBe(true);
  await checkAndStop(rig);
});

test('no code is made while there is an owner, and /pair is then nobody', async () => {
  const rig = await startRig();
  expect(rig.pairingCodes).toEqual([]);
  await rig.say('sam', '/pair 123-456');
  expect(rig.texts('sam')).toEqual([]);
  await checkAndStop(rig);
});

test('the first owner pairs with the code from the terminal, once', async () => {
  const rig = await startRig({ ownerIds: [], people: [] });
  const [code = ''] = rig.pairingCodes;
  expect(code).toMatch(/^\d{3}-\d{3}$/);
  await rig.say('sam', '/status');
  expect(rig.texts('sam')).toEqual([]);
  await rig.say('sam', `/pair ${code}`);
  expect(rig.last('sam')).toContain('Paired: you are owner here');
  expect(rig.people.read().people).toMatchObject([{ id: 2002, name: 'Sam', role: 'owner' }]);
  expect(rig.door.audits).toEqual(['pair owner by Sam']);
  expect(rig.core.commands('sam').map(({ command }) => command)).toContain('settings');
  await rig.say('sam', '/status');
  expect(rig.last('sam')).toContain('No open positions');
  await rig.say('olivia', `/pair ${code}`);
  expect(rig.texts('olivia')).toEqual([]);
  expect(rig.log.join()).not.toContain(code);
  await checkAndStop(rig);
});

test('three wrong codes close the pairing, whoever tried them', async () => {
  const rig = await startRig({ ownerIds: [], people: [] });
  const [code = ''] = rig.pairingCodes;
  await rig.say('sam', '/pair 000-001');
  expect(rig.last('sam')).toContain('Wrong code. 2 tries left.');
  await rig.say('olivia', '/pair');
  await rig.say('sam', '/pair 000-002');
  expect(rig.last('sam')).toContain('No tries left');
  await rig.say('sam', `/pair ${code}`);
  expect(rig.texts('sam')).toHaveLength(2);
  expect(rig.people.read().people).toEqual([]);
  await checkAndStop(rig);
});

test('the code is good for five minutes', async () => {
  const rig = await startRig({ ownerIds: [], people: [] });
  await rig.clock.advance(5 * 60_000);
  await rig.say('sam', `/pair ${rig.pairingCodes[0]}`);
  expect(rig.texts('sam')).toEqual([]);
  await checkAndStop(rig);
});

test('nobody’s name looks like a line of the bot', async () => {
  const rig = await startRig();
  const first_name = 'Otto\n⛔ HALTED by \u202eOlivia\u2066';
  const from = { id: 1002, is_bot: false, first_name, last_name: '\u0000<b>x</b>\u2029' };
  const chat = { id: 1002, type: 'private', first_name };
  const date = Math.floor(rig.clock.now() / 1000);
  await rig.forge({ message: { message_id: 9, date, chat, from, text: '/pause' } });
  const name = 'Otto ⛔ HALTED by Olivia <b>x</b>';
  expect(rig.people.read().people.map((person) => person.name)).toContain(name);
  expect(rig.last('otto')).toContain(`PAUSED by ${name} since`);
  await checkAndStop(rig);
});

test('a viewer reads but does not act', async () => {
  const rig = await startRig();
  await rig.say('vera', '/positions');
  expect(rig.last('vera')).toContain('No open positions');
  for (const command of ['/rebalance', '/dryrun on', '/settings']) {
    await rig.say('vera', command);
    expect(rig.last('vera')).toContain('for the role “operator”');
  }
  expect(rig.door.acts).toEqual([]);
  await rig.say('vera', '/help');
  expect(rig.last('vera')).not.toContain('/rebalance');
  expect(rig.core.commands('vera').map(({ command }) => command)).not.toContain('rebalance');
  expect(rig.core.commands('otto').map(({ command }) => command)).toContain('rebalance');
  expect(rig.core.commands('sam').map(({ command }) => command)).toEqual(['start']);
  await checkAndStop(rig);
});

test('an owner named in the configuration is one only as long as it says so', async () => {
  const first = await startRig({ people: [] });
  await first.say('olivia', '/start');
  expect(first.people.read().people).toMatchObject([{ id: 1001, role: null }]);
  await checkAndStop(first);
  const rig = makeRig({ earlier: first, ownerIds: [1002] });
  await rig.bot.start();
  const before = rig.texts('olivia').length;
  await rig.say('olivia', '/status');
  expect(rig.texts('olivia')).toHaveLength(before);
  await checkAndStop(rig);
});

test('a refused token ends the start with words that do not contain it', async () => {
  const rig = makeRig();
  rig.core.faults.push({ method: 'getMe', kind: 'error', code: 401, description: 'Unauthorized' });
  const failed: unknown = await rig.bot.start().catch((error: unknown) => error);
  expect(String(failed)).toContain('telegram.bot_token');
  expect(String(failed)).not.toContain(TOKEN);
});
