/** Nothing that a person reads is written anywhere but in the catalogue. */
import ts from 'typescript';
import { expect, test } from 'vitest';
import { OWN_NAMES } from '../../../src/bot/i18n/locale.ts';
import { parse, type Source, sourcesIn } from '../../tidy/sources.ts';
import { walk } from './key-use.ts';

/** Prints a secret in the terminal, never in a chat. */
const TERMINAL = 'src/bot/people/second-factor.ts';
const sources = sourcesIn('src/bot', ['.ts']).filter(({ path }) => path !== TERMINAL);
const ownNames = new Set<string>(Object.values(OWN_NAMES));

/** What these are given is shown as it is; of `pressButton` the label alone. */
const SHOWN = /^(reply|replyText|edit|editText|compose|toast|sendMessage|editMessageText)$/;
const LABELLED = /^pressButton$/;
const WORDY = /\p{Script=Han}|\p{Script=Hangul}|[A-Za-z]{2,}/u;
const SENTENCE = /\p{Script=Han}|\p{Script=Hangul}|[A-Za-z]{2,}[,.:!?]? [A-Za-z]{2,}/u;

const withoutTags = (text: string): string => text.replace(/<[^>]*>/g, ' ');

/** The fixed parts of a string or template. */
function partsOf(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (!ts.isTemplateExpression(node)) return [];
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
}

/**
 * Errors, log lines, assertions, names of jobs, records of acts and what the terminal shows are for
 * whoever runs the service, in English; examples of commands are typed as they stand.
 */
function isForOperators(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node; at; at = at.parent) {
    if (ts.isImportDeclaration(at) || ts.isExportDeclaration(at)) return true;
    if (ts.isNewExpression(at) && /Error$/.test(at.expression.getText())) return true;
    if (ts.isPropertyAssignment(at) && at.name.getText() === 'examples') return true;
    if (!ts.isCallExpression(at)) continue;
    const callee = at.expression.getText();
    if (
      /(\blog\.(debug|info|warn|error)|^assert|^audit|\bjobs\.run|^inBackground(Reply)?)$/.test(
        callee,
      )
    ) {
      return true;
    }
  }
  return false;
}

/** Strings that stand in an argument itself, not inside a further call. */
function directStrings(node: ts.Node): string[] {
  if (ts.isCallExpression(node) || ts.isFunctionLike(node)) return [];
  if (ts.isPropertyAssignment(node) && !/^(text|caption)$/.test(node.name.getText())) return [];
  if (ts.isBinaryExpression(node) && /^[!=]==$/.test(node.operatorToken.getText())) return [];
  const nested: string[] = [];
  ts.forEachChild(node, (child) => {
    nested.push(...directStrings(child));
  });
  return [...partsOf(node), ...nested];
}

function sentencesIn(source: Source): string[] {
  const found: string[] = [];
  walk(parse(source), (node) => {
    const texts = partsOf(node).filter((text) => SENTENCE.test(withoutTags(text)));
    if (texts.length > 0 && !isForOperators(node)) found.push(...texts);
  });
  return found.filter((text) => !ownNames.has(text));
}

function shownWordsIn(source: Source): string[] {
  const found: string[] = [];
  walk(parse(source), (node) => {
    if (!ts.isCallExpression(node)) return;
    const callee = node.expression.getText().split('.').at(-1) ?? '';
    const shown = SHOWN.test(callee) ? node.arguments : [];
    const label = LABELLED.test(callee) ? node.arguments.slice(0, 1) : [];
    for (const argument of [...shown, ...label]) {
      found.push(...directStrings(argument).filter((text) => WORDY.test(withoutTags(text))));
    }
  });
  return found;
}

const written = (name: string, text: string): Source => ({ path: name, text, lines: [text] });

test('no sentence for people is written in the code', () => {
  const bad = sources.flatMap((source) => sentencesIn(source).map((text) => [source.path, text]));
  expect(bad).toEqual([]);
});

test('no word is handed to a reply, an edit, a toast or a button but through the catalogue', () => {
  const bad = sources.flatMap((source) => shownWordsIn(source).map((text) => [source.path, text]));
  expect(bad).toEqual([]);
});

test('the search finds what it is for', () => {
  const stray = [
    "replyText(request, 'Done');",
    'editText(request, id, `<b>Moved</b>`);',
    "reply(request, compose([t('a'), 'Bye']));",
    "pressButton('Go', 'language', locale);",
    "toast(request, ctx, ok ? '完成' : '');",
    "return 'Nothing was done';",
  ].map((text) => written('stray.ts', text));
  for (const source of stray) {
    expect([...sentencesIn(source), ...shownWordsIn(source)], source.text).not.toEqual([]);
  }
  const fine = [
    "replyText(request, t('done'));",
    "log.warn({}, 'not sent at all');",
    "throw new BotError('expected a chat, was none');",
    "pressButton(t.plain('go'), 'language', locale);",
    'compose([`<b>1</b>`]);',
  ].map((text) => written('fine.ts', text));
  for (const source of fine) {
    expect([...sentencesIn(source), ...shownWordsIn(source)], source.text).toEqual([]);
  }
});
