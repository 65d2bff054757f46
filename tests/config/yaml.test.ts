import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/config/errors.ts';
import { parseConfig } from '../../src/config/load.ts';
import { nestingOf } from '../../src/core/nesting.ts';

/** The one message, which has to come as the right error. */
function problem(text: string): string {
  try {
    parseConfig(text, 'config.yaml', {});
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    if (error instanceof ConfigError) return error.message;
  }
  throw new Error('expected a ConfigError, was accepted');
}

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...[...'bcdefgh'].map((name, i) => {
    const before = `*${'abcdefgh'[i]}`;
    return `${name}: &${name} [${Array(9).fill(before).join(', ')}]`;
  }),
].join('\n');

describe('a file that is no plain YAML gets one message with its place', () => {
  test.each([
    ['chat: local\nchat: local', 'line 2, column 1', 'second time'],
    ['monitor:\n\tpoll: 1', 'line 2, column 1', 'tab'],
    ['chat: &a [*a]', 'line 1, column 11', 'aliases are not taken'],
    ['chat: *nobody', 'line 1, column 7', 'aliases are not taken'],
    [bomb, 'line 2, column', 'aliases are not taken'],
    ['- a\n- b', 'line 1, column 1', 'expected keys with values'],
    ['just words', 'line 1, column 1', 'expected keys with values'],
    ['# comment\n\n42', 'line 3, column 1', 'expected keys with values'],
    ['chat: "open', 'line 1, column 12', 'quote'],
    ['a: b: c', 'line 1, column 4', 'quotes'],
    ['a: 1\n---\nb: 2', 'line 2, column 1', 'second document'],
    ['a: !odd 1', 'line 1, column 4', 'cannot be understood'],
    ['risk_weights:\n  __proto__: 1', 'line 2, column 3', 'no such key'],
    ['? [secret]\n: 1', 'line 1, column 3', 'no such key'],
    ['constructor:\n  x: 1', 'line 1, column 1', 'no such key'],
  ])('%j', (text, place, reason) => {
    const message = problem(text);
    expect(message).toContain(`config.yaml, ${place}`);
    expect(message).toContain(reason);
    expect(message.split('\n')).toHaveLength(1);
  });

  test.each(['', '\n\n', '# only a comment\n', '---\n'])('when it is empty: %j', (text) => {
    expect(problem(text)).toContain('config.yaml: expected settings as in config.example.yaml');
  });

  test.each([
    '['.repeat(100_000),
    '{a: '.repeat(40_000),
    '- '.repeat(90_000),
    `a: ${'? '.repeat(90_000)}`,
    'a: \n'.repeat(50_001),
  ])('when it is nested without end or too long', (text) => {
    expect(problem(text)).toMatch(/expected at most/);
  });

  test('when it is nested by indentation as deep as its length allows', () => {
    const lines = Array.from({ length: 620 }, (_, i) => `${' '.repeat(i)}a:`);
    expect(problem(lines.join('\n'))).toContain('no such key');
  });

  test('and nothing is put onto the prototype of all objects', () => {
    problem('risk_weights:\n  __proto__:\n    polluted: 1');
    expect(Object.prototype).not.toHaveProperty('polluted');
  });
});

describe('nesting', () => {
  test.each([
    ['a: 1', 0],
    ['a: [1, [2, 3]]', 2],
    ['a: ]]][', 1],
    ['- - - a', 3],
    ['# -- a long line of - dashes - in words', 0],
    ['a: {b: {c: 1}}\nd: {e: 1}', 2],
  ])('of %j is %i', (text, depth) => {
    expect(nestingOf(text)).toBe(depth);
  });
});
