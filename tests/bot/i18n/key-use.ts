/** Which keys of the catalogue a source file asks for, read from its syntax. */
import ts from 'typescript';
import { parse, type Source } from '../../tidy/sources.ts';

export interface KeyUse {
  /** Whole keys. */
  readonly keys: ReadonlySet<string>;
  /** Keys with a value inside, as patterns: `plan-title-${state}` → /^plan-title-[\w-]+$/. */
  readonly patterns: readonly RegExp[];
}

/** The first argument of `t(…)`, `t.plain(…)`, `words(reader)(…)` and the like, resolved. */
export function keysAskedFor(source: Source): KeyUse {
  const file = parse(source);
  const keys = new Set<string>();
  const patterns: RegExp[] = [];
  const seen = new Set<ts.Node>();
  const resolve = (node: ts.Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (ts.isStringLiteralLike(node)) keys.add(node.text);
    else if (ts.isTemplateExpression(node)) patterns.push(patternOf(node));
    else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(resolve);
    else if (ts.isBinaryExpression(node)) [node.left, node.right].forEach(resolve);
    else if (ts.isParenthesizedExpression(node)) resolve(node.expression);
    else if (ts.isIdentifier(node)) valuesOf(file, node.text).forEach(resolve);
    else if (ts.isCallExpression(node)) returnsOf(file, node.expression.getText()).forEach(resolve);
  };
  walk(file, (node) => {
    const [first] = ts.isCallExpression(node) && isLookup(node.expression) ? node.arguments : [];
    if (first) resolve(first);
  });
  return { keys, patterns };
}

/** Every string written in a file: keys travel through variables and tables, too. */
export function stringsOf(source: Source): string[] {
  const found: string[] = [];
  walk(parse(source), (node) => {
    if (ts.isStringLiteralLike(node)) found.push(node.text);
  });
  return found;
}

/** Every template that may make a key: one that begins with words and a hyphen. */
export function patternsOf(source: Source): RegExp[] {
  const found: RegExp[] = [];
  walk(parse(source), (node) => {
    if (ts.isTemplateExpression(node) && /^[a-z][\w-]*-$/.test(node.head.text)) {
      found.push(patternOf(node));
    }
  });
  return found;
}

function patternOf(node: ts.TemplateExpression): RegExp {
  const rest = node.templateSpans.map(({ literal }) => `[\\w-]+${escaped(literal.text)}`);
  return new RegExp(`^${escaped(node.head.text)}${rest.join('')}$`);
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function isLookup(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return /^(t|words|plain|html)$/.test(callee.text);
  if (ts.isPropertyAccessExpression(callee)) return /^(t|plain)$/.test(callee.name.text);
  return ts.isCallExpression(callee) && /\bwords$/.test(callee.expression.getText());
}

function valuesOf(file: ts.SourceFile, name: string): ts.Node[] {
  const values: ts.Node[] = [];
  walk(file, (node) => {
    const isNamed = ts.isVariableDeclaration(node) && node.name.getText() === name;
    if (isNamed && node.initializer) values.push(node.initializer);
  });
  return values;
}

function returnsOf(file: ts.SourceFile, name: string): ts.Node[] {
  const returned: ts.Node[] = [];
  walk(file, (node) => {
    if (!ts.isFunctionDeclaration(node) || node.name?.text !== name || !node.body) return;
    walk(node.body, (inner) => {
      if (ts.isReturnStatement(inner) && inner.expression) returned.push(inner.expression);
    });
  });
  return returned;
}

export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}
