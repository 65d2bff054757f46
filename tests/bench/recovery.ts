/** From spawn to deciding with a long journal, and how much of that the journal takes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuSecondsOf } from '../crash/cpu-time.ts';
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
    const starts: { readonly fresh: Start; readonly full: Start }[] = [];
    for (let i = 0; i < RUNS; i += 1) {
      starts.push({ fresh: await start(folder, fresh), full: await start(folder, full) });
    }
    const wall = median(starts.map((pair) => pair.full.seconds));
    const without = median(starts.map((pair) => pair.fresh.seconds));
    return [
      {
        name: 'recovery_s',
        value: wall,
        unit: `s from spawn to deciding at ${RECORDS} records, ${without.toFixed(2)} s at none`,
        goal: '',
      },
      {
        name: 'recovery_journal_cpu_s',
        value: median(starts.map((pair) => pair.full.cpuSeconds - pair.fresh.cpuSeconds)),
        unit: 's of processor time that the journal costs a start',
        goal: '< 2',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Start {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

async function start(folder: string, data: string): Promise<Start> {
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
  const seconds = (performance.now() - startedAt) / 1_000;
  const cpuSeconds = cpuSecondsOf(service.process.pid ?? 0);
  await service.stop();
  return { seconds, cpuSeconds };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
