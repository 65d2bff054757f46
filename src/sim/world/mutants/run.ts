/** Plants one bug at a time in a copy of the sources and lets the simulation look for it. */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { BallastError } from '../../../core/errors.ts';
import { MUTANTS, type Mutant } from './list.ts';

const ROOT = join(import.meta.dirname, '../../../..');
/** A copy is run as it is, without being built. */
const NODE_FLAGS = ['--max-semi-space-size=64', '--import', 'tsx'];
const OUTPUT_MAX = 100_000;

export interface Verdict {
  readonly mutant: Mutant;
  /** The first seed that noticed it; null when none did. */
  readonly caughtBy: number | null;
  readonly seeds: number;
  /** What the simulation said. */
  readonly words: string;
}

/** @throws BallastError when the line of a mutant is not there, or more than once. */
export async function runMutants(
  options: { readonly seeds: number; readonly hours: number; readonly only?: string | undefined },
  onVerdict: (verdict: Verdict) => void,
): Promise<readonly Verdict[]> {
  const chosen = MUTANTS.filter(({ name }) => name.includes(options.only ?? ''));
  for (const mutant of chosen) replaced(mutant);
  const verdicts: Verdict[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let mutant = chosen[next]; mutant; mutant = chosen[next]) {
      next += 1;
      const verdict = await judge(mutant, options);
      verdicts.push(verdict);
      onVerdict(verdict);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return verdicts;
}

function replaced({ name, file, from, to }: Mutant): string {
  const text = readFileSync(join(ROOT, 'src', file), 'utf8');
  const found = text.split(from).length - 1;
  if (found === 1) return text.replace(from, () => to);
  throw new BallastError(`mutant "${name}": expected its line once in ${file}, was ${found} times`);
}

async function judge(
  mutant: Mutant,
  { seeds, hours }: { readonly seeds: number; readonly hours: number },
): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-mutant-'));
  try {
    for (const name of ['src', 'package.json', 'tsconfig.json']) {
      cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'src', mutant.file), replaced(mutant));
    const words = await simulate(folder, ['--seeds', `${seeds}`, '--hours', `${hours}`]);
    const failure = /^seed (\d+) FAILED/m.exec(words);
    if (!failure && !/^\d+ passed, \d+ failed$/m.test(words)) {
      throw new BallastError(`mutant "${mutant.name}" did not run: ${words.slice(-400)}`);
    }
    return { mutant, seeds, caughtBy: failure ? Number(failure[1]) : null, words };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function simulate(folder: string, options: readonly string[]): Promise<string> {
  const script = join(folder, 'src/sim/world/main.ts');
  const wanted = [...options, '--workers', '1', '--until-failure'];
  const child = spawn(process.execPath, [...NODE_FLAGS, script, ...wanted], { cwd: folder });
  let words = '';
  const take = (chunk: Buffer): void => {
    if (words.length < OUTPUT_MAX) words += chunk.toString();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(words));
  });
}
