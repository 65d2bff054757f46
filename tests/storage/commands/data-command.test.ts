import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silentLogger } from '../../../src/ops/logger.ts';
import { dataCommand } from '../../../src/storage/index.ts';
import { verifyJournal } from '../../../src/storage/verify.ts';
import { ManualClock } from '../../support/manual-clock.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { bodiesOf, openJournal, writtenJournal } from '../journals.ts';

async function run(folder: string, ...args: string[]): Promise<{ code: number; said: string[] }> {
  const said: string[] = [];
  const context = {
    clock: new ManualClock(),
    log: silentLogger,
    say: (line: string) => said.push(line),
  };
  return { code: await dataCommand([...args, '--data', folder], context), said };
}

/** Turns one digit of a record in the middle into another. */
function damage(path: string): void {
  const lines = readFileSync(path, 'utf8').split('\n');
  lines[2] = (lines[2] ?? '').replace('"i":3', '"i":8');
  writeFileSync(path, lines.join('\n'));
}

test('a whole folder is said to be whole', async () => {
  const folder = tempFolder();
  await writtenJournal(folder, 3);
  const { code, said } = await run(folder, 'verify');
  expect(code).toBe(0);
  expect(said.join('\n')).toMatch(/3 records, all whole, the last of 2026-01-05.*documents: all/s);
});

test('a torn end is told and is no damage', async () => {
  const folder = tempFolder();
  const path = await writtenJournal(folder, 3);
  writeFileSync(path, '0123abcd {"seq":4,"a', { flag: 'a' });
  const { code, said } = await run(folder, 'verify');
  expect(code).toBe(0);
  expect(said.join('\n')).toContain('20 bytes of a torn end');
});

test('damage in the middle is named with its place', async () => {
  const folder = tempFolder();
  damage(await writtenJournal(folder, 5));
  const { code, said } = await run(folder, 'verify');
  expect(code).toBe(1);
  expect(said.join('\n')).toMatch(/DAMAGED in 000000000001.jsonl, line 4.*2 records before it/s);
});

test('a document counts as damaged when the one before is damaged as well', async () => {
  const folder = tempFolder();
  await writtenJournal(folder, 1);
  writeFileSync(join(folder, 'a.json'), '{');
  writeFileSync(join(folder, 'a.json.1'), '{}');
  writeFileSync(join(folder, 'b.json'), '{');
  writeFileSync(join(folder, 'c.json.1'), '{');
  writeFileSync(join(folder, 'd.json.1'), '{}');
  const { code, said } = await run(folder, 'verify');
  expect(code).toBe(1);
  expect(said.filter((line) => line.startsWith('document '))).toEqual([
    'document b.json: DAMAGED, and so is the one before',
    'document c.json: DAMAGED, and so is the one before',
  ]);
});

test('who held the lock is no document: half of it is no damage', async () => {
  const folder = tempFolder();
  await writtenJournal(folder, 1);
  writeFileSync(join(folder, 'lock-owner.json'), '');
  const { code, said } = await run(folder, 'verify');
  expect(said).toContain('documents: all whole');
  expect(code).toBe(0);
});

test('repair changes nothing without consent', async () => {
  const folder = tempFolder();
  const path = await writtenJournal(folder, 5);
  damage(path);
  const before = readFileSync(path, 'utf8');
  const { code, said } = await run(folder, 'repair');
  expect(code).toBe(1);
  expect(said.join('\n')).toContain('Nothing was changed');
  expect(readFileSync(path, 'utf8')).toBe(before);
});

test('repair keeps the records before the damage and sets the rest aside', async () => {
  const folder = tempFolder();
  const path = await writtenJournal(folder, 5);
  damage(path);
  const damaged = readFileSync(path, 'utf8');
  const { code } = await run(folder, 'repair', '--yes');
  expect(code).toBe(0);
  expect(await verifyJournal(folder)).toMatchObject({ records: 2, corruption: null, tornBytes: 0 });
  const journal = await openJournal(folder);
  await journal.append({ type: 'n', body: { i: 9 } });
  expect(await bodiesOf(journal)).toEqual([{ i: 1 }, { i: 2 }, { i: 9 }]);
  await journal.close();
  const aside = readdirSync(folder).find((name) => name.startsWith('journal-damaged-')) ?? '';
  expect(readFileSync(join(folder, aside, '000000000001.jsonl'), 'utf8')).toBe(damaged);
});

function history(folder: string, kind: string, day: string, ...lines: object[]): void {
  mkdirSync(join(folder, 'history', kind), { recursive: true });
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
  writeFileSync(join(folder, 'history', kind, `${day}.jsonl`), text);
}

test('export writes one table over all days, with columns of all records', async () => {
  const folder = tempFolder();
  const at = Date.UTC(2026, 0, 1);
  history(folder, 'audit', '2026-01-01', { at, body: { by: { name: 'Ann' }, act: 'a, "b"' } });
  history(folder, 'audit', '2026-01-02', { at, body: { act: '=1+1', usd: '-5.2', list: [1, 2] } });
  const { code, said } = await run(folder, 'export', '--kind', 'audit');
  expect(code).toBe(0);
  expect(said).toEqual([
    'at,by.name,act,usd,list',
    '2026-01-01T00:00:00.000Z,Ann,"a, ""b""",,',
    `2026-01-01T00:00:00.000Z,,'=1+1,-5.2,"[1,2]"`,
  ]);
  expect(
    (await run(folder, 'export', '--kind', 'audit', '--from', '2026-01-02')).said,
  ).toHaveLength(2);
});

test.each(['=1+1', '+1', '-x', '@x', '\t=1', '\n=1', '＝1+1', '＋1', '－1', '＠x'])(
  'a text that a spreadsheet would take for a formula is exported as text: %j',
  async (name) => {
    const folder = tempFolder();
    history(folder, 'audit', '2026-01-01', { at: Date.UTC(2026, 0, 1), body: { name, [name]: 1 } });
    const { said } = await run(folder, 'export', '--kind', 'audit');
    for (const cell of said.join('\n').split(/,(?=')|,(?="')/)) expect(cell).not.toMatch(/^"?[=@]/);
    expect(said.join('\n').match(/'/g)).toHaveLength(2);
  },
);

test('export names the kinds there are, and refuses what is no day', async () => {
  const folder = tempFolder();
  history(folder, 'audit', '2026-01-01');
  await expect(run(folder, 'export', '--kind', '../x')).rejects.toThrow(
    'one of these kinds: audit',
  );
  await expect(run(folder, 'export', '--from', 'yesterday')).rejects.toThrow('expected a day');
});

test('lines of history that a crash tore are told by file, and are no damage', async () => {
  const folder = tempFolder();
  await writtenJournal(folder, 1);
  const at = Date.UTC(2026, 0, 1);
  history(folder, 'audit', '2026-01-01', { at, body: 1 }, { at, body: 2 });
  writeFileSync(join(folder, 'history/.a-file-of-somebody'), '');
  expect((await run(folder, 'verify')).said).toContain('history: 2 records, all readable');
  const torn = join(folder, 'history/audit/2026-01-02.jsonl');
  writeFileSync(torn, `{"at":17,"bo\n{"at":${at},"body":3}\n{"a`);
  const { code, said } = await run(folder, 'verify');
  expect(code).toBe(0);
  expect(said.slice(-2)).toEqual([
    'history: 2 unreadable line(s) in audit/2026-01-02.jsonl left out',
    'history: 3 records readable',
  ]);
});

test('prune drops days older than asked for and never the journal', async () => {
  const folder = tempFolder();
  await writtenJournal(folder, 2);
  // The clock stands at 2026-01-05.
  for (const day of ['2025-12-28', '2025-12-29', '2026-01-05']) history(folder, 'audit', day);
  const { code, said } = await run(folder, 'prune', '--keep-days', '7');
  expect(code).toBe(0);
  expect(said).toEqual(['1 files of history before 2025-12-29 dropped']);
  expect(readdirSync(join(folder, 'history/audit'))).toEqual([
    '2025-12-29.jsonl',
    '2026-01-05.jsonl',
  ]);
  expect(existsSync(join(folder, 'journal/000000000001.jsonl'))).toBe(true);
  for (const days of ['1', '7.5', '1000000000', 'all']) {
    await expect(run(folder, 'prune', '--keep-days', days)).rejects.toThrow(
      `at least 7 and at most 36500 whole days to keep, was ${days}`,
    );
  }
});

test('what is not understood is answered with the usage', async () => {
  const { code, said } = await run(tempFolder(), 'polish');
  expect(code).toBe(2);
  expect(said.join('\n')).toContain('data verify');
});

test('help says what there is to choose, also for an option that does not exist', async () => {
  const asked = await run(tempFolder(), '--help');
  expect([asked.code, asked.said.join()]).toEqual([0, expect.stringContaining('data export')]);
  const mistyped = await run(tempFolder(), 'export', '--hlp');
  expect(mistyped.code).toBe(2);
  expect(mistyped.said.join()).toMatch(/^Unknown option '--hlp'\n.*data export/s);
});
