/** The catalogue is complete, and nothing a person reads is anywhere else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { DANGERS } from '../../../src/bot/commands/command.ts';
import { commandTable } from '../../../src/bot/commands/table.ts';
import { RebalanceFeature } from '../../../src/bot/features/rebalance.ts';
import { LOCALES } from '../../../src/bot/i18n/locale.ts';
import { loadCatalogue } from '../../../src/bot/i18n/words.ts';
import { ROLES } from '../../../src/bot/people/roles.ts';
import { leafOf, SECTIONS, SETTINGS } from '../../../src/bot/settings/setting-table.ts';
import { TABLES } from '../../../src/bot/settings/table-entries.ts';
import { parse, ROOT, type Source, sourcesIn } from '../../tidy/sources.ts';

const sources = sourcesIn('src/bot', ['.ts']);

function messagesOf(locale: string): Map<string, string> {
  const text = readFileSync(join(ROOT, `src/bot/locales/${locale}.ftl`), 'utf8');
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
    const commands = commandTable(new RebalanceFeature(), () => {
      throw new Error('no menu needed');
    });
    const wanted = [
      ...commands.all.flatMap(({ name }) => [`command-${name}`, `usage-${name}`]),
      ...ROLES.map((role) => `role-${role}`),
      ...DANGERS.map((danger) => `help-group-${danger}`),
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

  test('Chinese reads Chinese: no message is left in English', () => {
    const untranslated = [...messagesOf('zh-Hant')].filter(([key, message]) => {
      const words = message.replace(/\{[^{}]*\}|<[^>]*>|\/\w+|Telegram|Ballast|UTC|USD/g, '');
      return !/\p{Script=Han}/u.test(words) && message === english.get(key);
    });
    const neutral = new Set([
      ...['done-by', 'entry-own', 'setting-line', 'setting-line-changed', 'notice-started-warning'],
      ...['unit-pct', 'unit-usd', 'unit-share', 'unit-plain', 'status-about'],
    ]);
    const bad = untranslated
      .map(([key]) => key)
      .filter((key) => !neutral.has(key) && !key.startsWith('usage-'));
    expect(bad).toEqual([]);
  });
});

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
        /\p{Script=Han}|[A-Za-z]{2,}[,.:!?]? [A-Za-z]{2,}/u.test(stripTags(text)),
      )
      .filter(({ node }) => !isForOperators(node))
      .map(({ text }) => `${source.path}: ${text}`),
  );
  const ownName = `src/bot/i18n/locale.ts: 繁體中文`;
  expect(bad.filter((line) => line !== ownName)).toEqual([]);
});

function stripTags(text: string): string {
  return text.replace(/<[^>]*>/g, ' ');
}
