/** The watch over secrets is worth nothing if it sees nothing. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLogger } from '../../src/ops/logger.ts';
import { nodeDisk } from '../../src/storage/disk.ts';
import { replaceFile } from '../../src/storage/durable-file.ts';
import { CANARIES, canariesBelow } from './canaries.ts';
import { tempFolder } from './temp-folder.ts';
import { takeFound } from './watch-canaries.ts';

const [, SECRET = ''] = CANARIES;
/** The test's own traces, so that its folder is found clean. */
const clean = (path: string) => writeFileSync(path, '');

test('a secret in a log, a document or a journal is seen', async () => {
  const folder = tempFolder();
  const file = join(folder, 'x.log');
  createLogger({ level: 'info', secrets: [], file }).info({ key: SECRET }, 'said');
  expect(takeFound()).toEqual([`a line of the log: ${SECRET}`]);
  await replaceFile(join(folder, 'x.json'), `{"key":"${SECRET}"}`);
  expect(takeFound()).toEqual([`a file: ${SECRET}`]);
  const journal = await nodeDisk.open(join(folder, 'x.jsonl'), 'a');
  await journal.appendFile(Buffer.from(SECRET));
  await journal.close();
  expect(takeFound()).toEqual([`a file: ${SECRET}`]);
  for (const name of ['x.log', 'x.json', 'x.jsonl']) clean(join(folder, name));
});

test('a secret on the terminal is seen', () => {
  process.stderr.write(`${SECRET}\u001b[2K\r`);
  expect(takeFound()).toEqual([`standard error: ${SECRET}`]);
});

test('a secret in a file of another process is seen, however deep it lies', () => {
  const folder = tempFolder();
  const deep = join(folder, 'data', 'journal');
  mkdirSync(deep, { recursive: true });
  writeFileSync(join(deep, 'a.jsonl'), `x${SECRET}x`);
  writeFileSync(join(folder, 'config.yaml'), SECRET);
  expect(canariesBelow(folder)).toEqual([`a.jsonl: ${SECRET}`]);
  clean(join(deep, 'a.jsonl'));
});
