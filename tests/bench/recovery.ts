/** From spawn to deciding with a long journal, and how much of that the journal takes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeLargeJournal } from '../crash/large-journal.ts';
import type { Figure } from './figure.ts';
import { run } from './processes.ts';

const RECORDS = 100_000;
const RUNS = 3;

export async function recoveryTime(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-bench-'));
  const [fresh, full] = [join(folder, 'fresh'), join(folder, 'full')];
  try {
    await writeLargeJournal(full, RECORDS);
    const seconds = { fresh: [] as number[], full: [] as number[] };
    for (let i = 0; i < RUNS; i += 1) {
      seconds.fresh.push(await startSeconds(folder, fresh));
      seconds.full.push(await startSeconds(folder, full));
    }
    const [without, within] = [median(seconds.fresh), median(seconds.full)];
    const unit = `s from spawn to deciding at ${RECORDS} records`;
    return [
      { name: 'recovery_s', value: within, unit, goal: '' },
      {
        name: 'recovery_journal_s',
        value: within - without,
        unit: `s more than without a journal (${without.toFixed(2)} s)`,
        goal: '< 2',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startSeconds(folder: string, data: string): Promise<number> {
  const config = join(folder, 'config.yaml');
  const content = {
    exchange: 'simulator',
    chat: 'local',
    simulator: { port: 0, scenario: 'calm' },
    local_chat: { port: 0 },
    storage: { dir: data },
    logging: { level: 'silent' },
  };
  writeFileSync(config, JSON.stringify(content));
  const startedAt = performance.now();
  const service = await run('src/main.ts', { args: ['--config', config] });
  const took = (performance.now() - startedAt) / 1_000;
  await service.stop();
  return took;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
