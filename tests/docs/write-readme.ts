/** `npm run docs`: puts the reference of commands into the README. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../tidy/sources.ts';
import { withReference } from './command-reference.ts';

const path = join(ROOT, 'README.md');
writeFileSync(path, withReference(readFileSync(path, 'utf8')));
