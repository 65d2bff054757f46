import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../tidy/sources.ts';
import { withReference } from './command-reference.ts';

test("the README's reference of commands is up to date; if not: npm run docs", () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  expect(withReference(readme)).toBe(readme);
});
