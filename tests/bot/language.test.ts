import { expect, test } from 'vitest';
import { LOCALES } from '../../src/bot/i18n/locale.ts';
import { loadCatalogue } from '../../src/bot/i18n/words.ts';
import { AUDITED_ACTS, actName } from '../../src/bot/views/audited.ts';
import { settle } from '../support/manual-clock.ts';
import { checkAndStop, startRig } from './rig.ts';

test('the language follows Telegram; /language changes texts, buttons and commands', async () => {
  const rig = await startRig({ ownerIds: [1001, 1004] });
  await rig.say('wei', '/status');
  expect(rig.last('wei')).toContain('目前沒有持倉');
  await rig.say('olivia', '/language');
  expect(rig.buttons('olivia')).toEqual([
    ...['English', '简体中文', '繁體中文', '한국어', 'Follow Telegram'],
  ]);
  await rig.tap('olivia', '繁體中文');
  expect(rig.last('olivia')).toContain('語言：繁體中文');
  await rig.say('olivia', '/status');
  expect(rig.buttons('olivia')).toEqual(['🔄 更新', '持倉', '🏠']);
  const start = rig.core.commands('olivia').find(({ command }) => command === 'start');
  expect(start?.description).toBe('打招呼');
  await rig.say('olivia', '/language');
  await rig.tap('olivia', '跟隨 Telegram');
  expect(rig.last('olivia')).toContain('Following Telegram: English');
  await checkAndStop(rig);
});

test('/language takes a language, and answers a wrong one with those there are', async () => {
  const rig = await startRig();
  await rig.say('olivia', '/language xx');
  expect(rig.last('olivia')).toContain('✗ xx – expected en, zh-Hans, zh-Hant, ko, auto.');
  expect(rig.last('olivia')).toContain('/language [en|zh-Hans|zh-Hant|ko|auto]');
  await rig.say('olivia', '/language ZH-hant');
  expect(rig.last('olivia')).toContain('語言：繁體中文');
  await rig.say('olivia', '/dryrun maybe');
  expect(rig.last('olivia')).toContain('/dryrun [on|off]');
  await rig.say('olivia', '/chart price');
  expect(rig.last('olivia')).toContain('缺少：持倉代號，例如 BTC');
  await rig.say('olivia', '/language auto');
  expect(rig.last('olivia')).toContain('Following Telegram: English');
  await checkAndStop(rig);
});

test.each([
  ['zh-TW', '沒有等待決定的減倉計畫'],
  ['zh-hans', '没有等待处理的减仓计划'],
  ['zh', '没有等待处理的减仓计划'],
  ['ko', '결정을 기다리는 감축 계획이 없습니다'],
])('%s reads its own language', async (code, text) => {
  const rig = await startRig();
  rig.core.setLanguage('olivia', code);
  await rig.say('olivia', '/plan');
  expect(rig.last('olivia')).toContain(text);
  await checkAndStop(rig);
});

test('a language that is not there reads English', async () => {
  const rig = await startRig();
  rig.core.setLanguage('olivia', 'pt-br');
  await rig.say('olivia', '/plan');
  expect(rig.last('olivia')).toContain('No liquidation plan waits');
  await checkAndStop(rig);
});

test('each person is told news in their own language', async () => {
  const rig = await startRig({ ownerIds: [1001, 1004] });
  await rig.say('wei', '/start');
  rig.door.tell({ type: 'halted', at: rig.clock.now(), active: true, reason: 'a <test>' });
  await settle();
  expect(rig.last('olivia')).toContain('nothing is written to the exchange. “a <test>”');
  expect(rig.last('wei')).toContain('已熔斷');
  await checkAndStop(rig);
});

test('an old menu after a change of language is renewed, not obeyed blindly', async () => {
  const rig = await startRig();
  await rig.say('olivia', '/settings');
  await rig.say('olivia', '/language');
  await rig.tap('olivia', '繁體中文');
  await rig.tap('olivia', 'Thresholds');
  expect(rig.toast()).toContain('選單已變動');
  await rig.tap('olivia', '門檻');
  expect(rig.texts('olivia')[0]).toContain('緊急保證金率：2 %');
  await checkAndStop(rig);
});

test('a forged choice changes nothing, and its spinner ends', async () => {
  const rig = await startRig();
  const from = { id: 1001, is_bot: false, first_name: 'Olivia', language_code: 'en' };
  const message = { message_id: 1, date: 0, chat: { id: 1001, type: 'private' } };
  const data = 'v1|language|xx';
  await rig.forge({ callback_query: { id: '41', from, chat_instance: '1', data, message } });
  const answers = rig.core.calls().filter(({ method }) => method === 'answerCallbackQuery');
  expect(answers).toHaveLength(1);
  expect(rig.people.read().people.find(({ id }) => id === 1001)?.language).toBeNull();
  await checkAndStop(rig, [400]);
});

test('acts on record are named in the language of the reader', async () => {
  const rig = await startRig();
  const by = { id: '1002', name: 'Otto' };
  const body = (act: string, detail: string) => ({ by, act, detail });
  rig.door.records = [body('run_act', 'x1'), body('invite', 'viewer'), body('topup', 'BTC 5')].map(
    (record) => ({ kind: 'audit', at: rig.clock.now(), body: record }),
  );
  await rig.say('otto', '/audit');
  expect(rig.last('otto')).toContain('Otto confirm an act by hand');
  await rig.say('otto', '/language zh-Hant');
  await rig.say('otto', '/audit');
  expect(rig.last('otto')).toContain('Otto 確認手動操作');
  expect(rig.last('otto')).toContain('Otto 邀請，角色 檢視者');
  expect(rig.last('otto')).toContain('Otto /topup BTC 5');
  await checkAndStop(rig);
});

test.each(LOCALES)('every act that is recorded has a name in %s', (locale) => {
  const t = loadCatalogue()(locale);
  for (const act of AUDITED_ACTS) expect(actName(act, t), act).not.toMatch(/^\{|^\/|_/);
});
