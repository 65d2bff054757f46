/** The catalogue is complete, and nothing a person reads is anywhere else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GROUPS } from '../../../src/bot/commands/command.ts';
import { commandTable } from '../../../src/bot/commands/table.ts';
import { createActs } from '../../../src/bot/features/acts.ts';
import { LOCALES } from '../../../src/bot/i18n/locale.ts';
import { loadCatalogue } from '../../../src/bot/i18n/words.ts';
import { Pairing } from '../../../src/bot/people/pairing.ts';
import { ROLES } from '../../../src/bot/people/roles.ts';
import { idOf, SECTIONS, SETTINGS } from '../../../src/bot/settings/setting-table.ts';
import { optionKey } from '../../../src/bot/settings/show-value.ts';
import { TABLES } from '../../../src/bot/settings/table-entries.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { ROOT, sourcesIn } from '../../tidy/sources.ts';
import { keysAskedFor, patternsOf, stringsOf } from './key-use.ts';

const sources = sourcesIn('src/bot', ['.ts']);

function messagesOf(locale: string): Map<string, string> {
  const folder = join(ROOT, 'src/bot/locales', locale);
  const text = readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
  const messages = new Map<string, string>();
  for (const match of text.matchAll(/^([a-z][\w-]*) = (.*(?:\n[ \t]+.*)*)/gm)) {
    const [, key = '', value = ''] = match;
    expect(messages.has(key), `${locale}: ${key} twice`).toBe(false);
    messages.set(key, value);
  }
  return messages;
}

const variablesOf = (message: string) =>
  [...new Set([...message.matchAll(/\$(\w+)/g)].map(([, name]) => name))].sort();

const english = messagesOf('en');

describe('the catalogue', () => {
  test.each(LOCALES)('%s has every message with the same variables as English', (locale) => {
    const messages = messagesOf(locale);
    expect([...messages.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, message] of messages) {
      expect(variablesOf(message), key).toEqual(variablesOf(english.get(key) ?? ''));
    }
  });

  test('every command, role, danger and setting has its texts', () => {
    const commands = commandTable(
      createActs(Math.random, new Pairing(new ManualClock(), Math.random)),
      () => {
        throw new Error('no menu needed');
      },
    );
    const wanted = [
      ...commands.all.map(({ name }) => `command-${name}`),
      ...commands.all.flatMap(({ args }) =>
        args.flatMap(({ name, choices }) => (choices ? [] : [`arg-${name}`, `expects-${name}`])),
      ),
      ...ROLES.map((role) => `role-${role}`),
      ...GROUPS.map((group) => `help-group-${group}`),
      ...[...SECTIONS, ...TABLES].flatMap((name) => [`section-${name}`, `button-section-${name}`]),
      ...SETTINGS.map(({ key }) => `setting-${idOf(key)}`),
      ...SETTINGS.flatMap((setting) =>
        setting.kind === 'choice' ? setting.options.map(optionKey) : [],
      ),
    ];
    expect(wanted.filter((key) => !english.has(key))).toEqual([]);
  });

  test('every key that the code asks for exists', () => {
    const keys = [...english.keys()];
    const missing = sources.flatMap((source) => {
      const asked = keysAskedFor(source);
      const unknown = [...asked.keys].filter((key) => !english.has(key));
      const idle = asked.patterns.filter((pattern) => !keys.some((key) => pattern.test(key)));
      return [...unknown, ...idle.map(String)].map((key) => `${source.path}: ${key}`);
    });
    expect(missing).toEqual([]);
    const asked = sources.flatMap((source) => [...keysAskedFor(source).keys]);
    expect(asked.length).toBeGreaterThan(150);
  });

  test('every message is used', () => {
    const written = new Set(sources.flatMap(stringsOf));
    const patterns = sources.flatMap(patternsOf);
    const idle = [...english.keys()].filter(
      (key) => !written.has(key) && !patterns.some((pattern) => pattern.test(key)),
    );
    expect(idle).toEqual([]);
  });

  test('variables are escaped in messages and left alone in labels', () => {
    const t = loadCatalogue()('en');
    const vars = { name: '<i>&', near: 'x' };
    expect(t('command-unknown-near', vars)).toContain('<code>/&lt;i&gt;&amp;</code>');
    expect(t.plain('button-forbidden', { role: '<i>&' })).toContain('“<i>&”');
  });

  test('values carry no invisible isolation marks', () => {
    for (const locale of LOCALES) {
      const text = loadCatalogue()(locale)('rebalance-free', { before: '1', after: '2' });
      expect(text).not.toMatch(/[\u2066-\u2069]/);
    }
  });

  test.each(LOCALES.filter((locale) => locale !== 'en'))(
    '%s: nothing is left in English',
    (locale) => {
      const left = [...messagesOf(locale)].filter(([key, message]) => {
        const words = message
          .replace(/\{[^{}]*\}|<[^>]*>|\/\w+|\[[^\]]*\]/g, '')
          .replace(/Telegram|Ballast|UTC|USD|BTC|Ctrl/g, '');
        return /[A-Za-z]{2,}/.test(words) && message === english.get(key);
      });
      expect(left.map(([key]) => key)).toEqual([]);
    },
  );

  test.each(['zh-Hans', 'zh-Hant'] as const)('%s keeps to its own characters', (locale) => {
    const foreign = new Set(locale === 'zh-Hans' ? TRADITIONAL_ONLY : SIMPLIFIED_ONLY);
    const mixed = [...messagesOf(locale)].flatMap(([key, message]) =>
      [...message].filter((character) => foreign.has(character)).map((found) => `${key}: ${found}`),
    );
    expect(mixed).toEqual([]);
  });
});

/** Frequent characters that only one of the two scripts has, pair by pair where both have one. */
const SIMPLIFIED_ONLY =
  '账证仓额约设计时间单双买卖开关发这个还没来会动进过为与险权损价标现执续选择错误删销复钮级词' +
  '语说请读写风紧调减补归变数据旧报实转启运频图历记录审应测试验确认码组话题讯阈预状态链门远线' +
  '红绿纪评断绝够点击听强';
const TRADITIONAL_ONLY =
  '賬帳證倉額強約設計時間單雙買賣開關發這個還沒來會動進過為與險權損價標現執續選擇錯誤刪銷複鈕' +
  '級詞語說請讀寫風緊調減補歸變數據舊報實轉啟運頻圖歷記錄審應測試驗確認碼組話題訊閾預狀態鏈門' +
  '遠線紅綠紀評斷絕夠點擊聽';
