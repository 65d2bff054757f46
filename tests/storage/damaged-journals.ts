/** Journals of several files with damage in them, and what is to be left after a repair. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { DAY_MS } from '../../src/core/time.ts';
import { silentLogger } from '../../src/ops/logger.ts';
import { dataCommand, openStorage, type Storage } from '../../src/storage/index.ts';
import type { ManualClock } from '../support/manual-clock.ts';

/** How many records each file holds, one file for a day. */
const RECORDS_PER_FILE = [3, 4, 2, 3];
const LINE_END = 10;

/** `where`: a share of the file, from its first byte to its last. */
export type Damage = { readonly file: number } & (
  | { readonly kind: 'flip'; readonly where: number; readonly bit: number }
  | { readonly kind: 'cut'; readonly where: number }
  | { readonly kind: 'missing' }
  | { readonly kind: 'empty' }
);

const file = fc.nat({ max: RECORDS_PER_FILE.length - 1 });
const where = fc.double({ min: 0, max: 0.999_999, noNaN: true });
const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ kind: fc.constant('flip'), file, where, bit: fc.nat({ max: 7 }) }),
  fc.record({ kind: fc.constant('cut'), file, where }),
  fc.record({ kind: fc.constant('missing'), file }),
  fc.record({ kind: fc.constant('empty'), file }),
);

/** In one file or in several. */
export const damages = fc.uniqueArray(damage, {
  selector: (one) => one.file,
  minLength: 1,
  maxLength: 3,
});

export function startAt(folder: string, clock: ManualClock): Promise<Storage> {
  return openStorage(folder, { clock, log: silentLogger, onFatal: () => undefined });
}

/** Appends one record after the other, so that each may begin a file of its own. */
export async function appendAll(storage: Storage, bodies: readonly number[]): Promise<void> {
  for (const body of bodies) await storage.journal.append({ type: 'n', body });
}

export async function bodiesIn(storage: Storage): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const records of storage.journal.replay()) {
    for (const { body } of records) found.push(body);
  }
  return found;
}

/** Four files, with the bodies 1, 2, 3 and so on. */
export async function writeWhole(folder: string, clock: ManualClock): Promise<void> {
  const storage = await startAt(folder, clock);
  let next = 1;
  for (const count of RECORDS_PER_FILE) {
    await appendAll(
      storage,
      Array.from({ length: count }, () => next++),
    );
    clock.setWall(clock.now() + DAY_MS);
  }
  await storage.close();
}

/** Copies a whole folder, damages it and says how many records stand before the first damage. */
export function damageCopy(whole: string, folder: string, all: readonly Damage[]): number {
  rmSync(folder, { recursive: true, force: true });
  cpSync(whole, folder, { recursive: true });
  const journal = join(folder, 'journal');
  const names = readdirSync(journal).sort();
  return Math.min(...all.map((one) => apply(one, journal, names)));
}

function apply(one: Damage, journal: string, names: readonly string[]): number {
  const before = RECORDS_PER_FILE.slice(0, one.file).reduce((sum, count) => sum + count, 0);
  const path = join(journal, names[one.file] ?? '');
  const bytes = readFileSync(path);
  if (one.kind === 'missing') rmSync(path);
  if (one.kind === 'empty') writeFileSync(path, '');
  if (one.kind === 'missing' || one.kind === 'empty') return before;
  const at = Math.floor(one.where * bytes.length);
  if (one.kind === 'cut') {
    writeFileSync(path, bytes.subarray(0, at));
  } else {
    const mangled = Buffer.from(bytes);
    mangled[at] = (mangled[at] ?? 0) ^ (1 << one.bit);
    writeFileSync(path, mangled);
  }
  return before + bytes.subarray(0, at).filter((byte) => byte === LINE_END).length;
}

/** Every file of the journal by name, or of another folder of files. */
export function filesIn(folder: string): Map<string, string> {
  mkdirSync(folder, { recursive: true });
  const names = readdirSync(folder).sort();
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'latin1')]));
}

export async function run(
  command: 'repair' | 'verify',
  folder: string,
  clock: ManualClock,
): Promise<{ readonly code: number; readonly said: string }> {
  const said: string[] = [];
  const context = { clock, log: silentLogger, say: (line: string) => said.push(line) };
  const code = await dataCommand([command, '--yes', '--data', folder], context);
  return { code, said: said.join('\n') };
}
