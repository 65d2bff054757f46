/** Words for what a schema found wrong, without the values that may be secrets. */
import type { z } from 'zod';
import { shownKey } from './shown.ts';

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a section with keys',
  record: 'a section with keys',
};

/** What was expected, such as `at least 5`. Zod also says what it received; that is left out. */
export function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return KINDS[issue.expected] ?? `a ${issue.expected}`;
    case 'too_small':
      return issue.origin === 'string'
        ? 'a non-empty text'
        : `${issue.inclusive ? 'at least' : 'above'} ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'array'
        ? `at most ${issue.maximum} entries`
        : `${issue.inclusive ? 'at most' : 'below'} ${issue.maximum}`;
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_key':
      return `${issue.issues[0]?.message ?? 'another name'} as the key`;
    case 'unrecognized_keys':
      return `no key ${issue.keys.map(shownKey).join(', ')}`;
    default:
      return issue.message;
  }
}
