/** The catalogue is complete, and nothing a person reads is anywhere else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { GROUPS } from '../../../src/bot/commands/command.ts';
import { commandTable } from '../../../src/bot/commands/table.ts';
import { createActs } from '../../../src/bot/features/acts.ts';
import { LOCALES, OWN_NAMES } from '../../../src/bot/i18n/locale.ts';
import { loadCatalogue } from '../../../src/bot/i18n/words.ts';
import { ROLES } from '../../../src/bot/people/roles.ts';
import { leafOf, SECTIONS, SETTINGS } from '../../../src/bot/settings/setting-table.ts';
import { TABLES } from '../../../src/bot/settings/table-entries.ts';
import { parse, ROOT, type Source, sourcesIn } from '../../tidy/sources.ts';

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
    const commands = commandTable(createActs(Math.random), () => {
      throw new Error('no menu needed');
    });
    const wanted = [
      ...commands.all.map(({ name }) => `command-${name}`),
      ...commands.all.flatMap(({ args }) =>
        args.flatMap(({ name, choices }) => (choices ? [] : [`arg-${name}`, `expects-${name}`])),
      ),
      ...ROLES.map((role) => `role-${role}`),
      ...GROUPS.map((group) => `help-group-${group}`),
      ...[...SECTIONS, ...TABLES].flatMap((name) => [`section-${name}`, `button-section-${name}`]),
      ...SETTINGS.map(({ key }) => `setting-${leafOf(key)}`),
      ...SETTINGS.flatMap((setting) =>
        setting.kind === 'choice' ? setting.options.map((option) => `option-${option}`) : [],
      ),
    ];
    expect(wanted.filter((key) => !english.has(key))).toEqual([]);
  });

  test('every key written in the code exists, and every message is used', () => {
    const used = new Set<string>();
    const prefixes: string[] = [];
    for (const source of sources) {
      for (const { text, isTemplate } of literalsOf(source)) {
        if (isTemplate) prefixes.push(text);
        else used.add(text);
      }
    }
    const isUsed = (key: string) =>
      used.has(key) || prefixes.some((prefix) => prefix.length > 3 && key.startsWith(prefix));
    expect([...english.keys()].filter((key) => !isUsed(key))).toEqual([]);
    const called = sources.flatMap(({ text }) =>
      [...text.matchAll(/\b(?:t|plain|words\([^)]*\))\(\s*'([^']+)'/g)].map(([, key = '']) => key),
    );
    expect(called.length).toBeGreaterThan(100);
    expect(called.filter((key) => !english.has(key))).toEqual([]);
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
        const words = message.replace(/\{[^{}]*\}|<[^>]*>|\/\w+|\[[^\]]*\]/g, '');
        const isWordy = /[A-Za-z]{2,}/.test(words.replace(/Telegram|Ballast|UTC|USD|BTC/g, ''));
        return isWordy && message === english.get(key);
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

interface Literal {
  readonly text: string;
  /** The part of a template before its first value. */
  readonly isTemplate: boolean;
  readonly node: ts.Node;
}

function literalsOf(source: Source): Literal[] {
  const found: Literal[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node)) found.push({ text: node.text, isTemplate: false, node });
    if (ts.isTemplateExpression(node)) {
      found.push({ text: node.head.text, isTemplate: true, node });
      for (const { literal } of node.templateSpans) {
        found.push({ text: literal.text, isTemplate: true, node });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(parse(source));
  return found;
}

/** Errors, log lines, assertions and names of jobs are for whoever runs the service, in English. */
function isForOperators(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at; at = at.parent) {
    // What people type is the same in every language.
    if (ts.isPropertyAssignment(at) && at.name.getText() === 'examples') return true;
    if (ts.isNewExpression(at) && /Error$/.test(at.expression.getText())) return true;
    if (ts.isCallExpression(at)) {
      const callee = at.expression.getText();
      if (/\blog\.(debug|info|warn|error)$|^assert$|\bjobs\.run$|^inBackground$/.test(callee)) {
        return true;
      }
    }
  }
  return false;
}

test('no text for people is written in the code', () => {
  const bad = sources.flatMap((source) =>
    literalsOf(source)
      .filter(({ text }) =>
        /\p{Script=Han}|\p{Script=Hangul}|[A-Za-z]{2,}[,.:!?]? [A-Za-z]{2,}/u.test(stripTags(text)),
      )
      .filter(({ node }) => !isForOperators(node))
      .map(({ text }) => `${source.path}: ${text}`),
  );
  const ownNames = Object.values(OWN_NAMES).map((name) => `src/bot/i18n/locale.ts: ${name}`);
  expect(bad.filter((line) => !ownNames.includes(line))).toEqual([]);
});

function stripTags(text: string): string {
  return text.replace(/<[^>]*>/g, ' ');
}
