/**
 * The configuration's text as plain values. Every fault is one message with its line and column,
 * and never the text that stands there: it could be a secret.
 */
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml';
import { nestingOf } from '../core/nesting.ts';
import { ConfigError } from './errors.ts';

export interface YamlFile {
  readonly value: unknown;
  /** ` (line 3)` for a value that has a place in the file, else nothing. */
  placeOf(path: readonly PropertyKey[]): string;
}

const NESTING_MAX = 32;
const UNWELCOME_KEYS: ReadonlySet<unknown> = new Set(['__proto__', 'constructor', 'prototype']);
const REASONS: Readonly<Record<string, string>> = {
  BAD_INDENT: 'the indentation does not fit the lines above',
  BAD_SCALAR_START: 'a text that begins with this character needs quotes',
  BLOCK_AS_IMPLICIT_KEY: 'the indentation does not fit, or a text with a colon needs quotes',
  DUPLICATE_KEY: 'the same key stands here a second time',
  MISSING_CHAR: 'a quote, a bracket or a colon is missing',
  MULTILINE_IMPLICIT_KEY: 'a colon is missing, or the indentation does not fit',
  MULTIPLE_DOCS: 'a second document begins',
  TAB_AS_INDENT: 'a tab indents this line, spaces are needed',
};

/** @throws ConfigError */
export function readYaml(text: string, name: string): YamlFile {
  if (nestingOf(text) > NESTING_MAX) {
    throw new ConfigError(`${name}: expected at most ${NESTING_MAX} levels, was nested deeper`);
  }
  const lines = new LineCounter();
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${name}, line ${line}, column ${col}`;
  };
  const document = parsed(text, name, lines);
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault) {
    const reason = REASONS[fault.code] ?? 'the text cannot be understood';
    throw new ConfigError(`${at(fault.pos[0])}: not readable as YAML: ${reason} (${fault.code})`);
  }
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    throw new ConfigError(`${name}: expected settings as in config.example.yaml, was empty`);
  }
  if (!isMap(contents)) {
    const place = at(contents.range?.[0] ?? 0);
    throw new ConfigError(`${place}: expected keys with values, such as exchange: bitfinex`);
  }
  refuseUnwelcome(document, at);
  return {
    value: document.toJS(),
    placeOf(path) {
      const node = document.getIn(path, true);
      const offset = isNode(node) ? node.range?.[0] : undefined;
      return offset === undefined ? '' : ` (line ${lines.linePos(offset).line})`;
    },
  };
}

function parsed(text: string, name: string, lineCounter: LineCounter): Document.Parsed {
  try {
    return parseDocument(text, { uniqueKeys: true, prettyErrors: false, lineCounter });
  } catch {
    throw new ConfigError(`${name}: not readable as YAML`);
  }
}

/** Aliases can multiply a small file without end or lead into themselves; settings need none. */
function refuseUnwelcome(document: Document.Parsed, at: (offset: number) => string): void {
  visit(document, {
    Node(_, node) {
      if (!isAlias(node)) return;
      const place = at(node.range?.[0] ?? 0);
      throw new ConfigError(
        `${place}: aliases are not taken; a text that begins with * needs quotes`,
      );
    },
    Pair(_, pair) {
      const { key } = pair;
      if (isScalar(key) && !UNWELCOME_KEYS.has(key.value)) return;
      // Turned into text, a list as a key would come with a warning that repeats it.
      throw new ConfigError(`${at(isNode(key) ? (key.range?.[0] ?? 0) : 0)}: no such key`);
    },
  });
}
