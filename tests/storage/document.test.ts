import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createLogger, silentLogger } from '../../src/ops/logger.ts';
import { openDocument } from '../../src/storage/document.ts';
import { tempFolder } from '../support/temp-folder.ts';

const schema = z.object({ n: z.number() });
const at = (folder: string) => join(folder, 'd.json');

function open(folder: string) {
  return openDocument(at(folder), schema, { n: 0 }, silentLogger);
}

async function written(folder: string, ...values: number[]): Promise<void> {
  const document = await open(folder);
  for (const n of values) await document.update(() => ({ n }));
}

describe('a document', () => {
  test('begins as its initial value and writes nothing for that', async () => {
    const folder = tempFolder();
    expect((await open(folder)).read()).toEqual({ n: 0 });
    expect(existsSync(at(folder))).toBe(false);
  });

  test('keeps updates in order and over a restart', async () => {
    const folder = tempFolder();
    const document = await open(folder);
    await Promise.all([1, 2, 3].map((n) => document.update((old) => ({ n: old.n * 10 + n }))));
    expect((await open(folder)).read()).toEqual({ n: 123 });
    expect(statSync(at(folder)).mode & 0o777).toBe(0o600);
    expect(statSync(`${at(folder)}.1`).mode & 0o777).toBe(0o600);
  });

  test('shows a new value only once it is on disk', async () => {
    const folder = tempFolder();
    const document = await open(folder);
    const writing = document.update(() => ({ n: 1 }));
    while (!existsSync(at(folder))) {
      expect(document.read()).toEqual({ n: 0 });
      await new Promise((resolve) => setImmediate(resolve));
    }
    await writing;
    expect(document.read()).toEqual({ n: 1 });
  });

  test.each(['', '{', 'null', '{"n":"x"}', '\0\0\0\0'])(
    'content %j falls back to the version before, and is kept aside',
    async (content) => {
      const folder = tempFolder();
      await written(folder, 1, 2);
      writeFileSync(at(folder), content);
      expect((await open(folder)).read()).toEqual({ n: 1 });
      expect(readFileSync(`${at(folder)}.bad`, 'utf8')).toBe(content);
    },
  );

  test.each(['{"totp":JBSWY3DP}', '{"totp":"JBSWY3DP" x}', '["JBSWY3DP"]', '{"n":"JBSWY3DP"}'])(
    'a damaged one is logged without a word of what it holds: %s',
    async (content) => {
      const folder = tempFolder();
      const lines: string[] = [];
      const stream = { write: (line: string) => lines.push(line) };
      const log = createLogger({ level: 'debug', secrets: [], stream });
      writeFileSync(at(folder), content);
      await openDocument(at(folder), schema, { n: 0 }, log);
      expect(lines.join('')).toContain('set aside');
      for (const part of ['JBSWY', 'WY3DP']) expect(lines.join('')).not.toContain(part);
    },
  );

  test('a write after a damaged file does not push the last good version out', async () => {
    const folder = tempFolder();
    await written(folder, 1, 2);
    writeFileSync(at(folder), '{');
    await written(folder, 3);
    writeFileSync(at(folder), '{');
    expect((await open(folder)).read()).toEqual({ n: 1 });
  });

  test('a missing file falls back to the version before: a cut between two renames', async () => {
    const folder = tempFolder();
    await written(folder, 1, 2);
    rmSync(at(folder));
    expect((await open(folder)).read()).toEqual({ n: 1 });
  });

  test('with nothing readable begins anew', async () => {
    const folder = tempFolder();
    writeFileSync(at(folder), '');
    writeFileSync(`${at(folder)}.1`, '');
    expect((await open(folder)).read()).toEqual({ n: 0 });
  });

  test('a failed write leaves the old value, and the next one works', async () => {
    const folder = tempFolder();
    const document = await open(folder);
    await document.update(() => ({ n: 1 }));
    mkdirSync(`${at(folder)}.tmp`);
    await expect(document.update(() => ({ n: 2 }))).rejects.toThrow();
    expect(document.read()).toEqual({ n: 1 });
    expect((await open(folder)).read()).toEqual({ n: 1 });
    rmdirSync(`${at(folder)}.tmp`);
    await document.update(({ n }) => ({ n: n + 10 }));
    expect(document.read()).toEqual({ n: 11 });
  });

  test('a change that throws changes nothing', async () => {
    const folder = tempFolder();
    await written(folder, 1);
    const document = await open(folder);
    const broken = document.update(() => {
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect(document.read()).toEqual({ n: 1 });
  });
});
