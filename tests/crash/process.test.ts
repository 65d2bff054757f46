/** The service as its users start and stop it: a process of its own. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { tempFolder } from '../support/temp-folder.ts';
import { JournalReader } from './journal-reader.ts';
import { Service } from './service.ts';

const MAIN = 'src/main.ts';
const STOP_MS_MAX = 10_000;

interface Prepared {
  readonly folder: string;
  readonly data: string;
  start(): Service;
  log(): string;
}

/** Everything simulated inside the process, on free ports. */
function prepared(options: { data?: string } = {}): Prepared {
  const folder = tempFolder();
  const data = options.data ?? join(folder, 'data');
  const config = join(folder, 'config.yaml');
  const file = join(folder, 'ballast.log');
  const content = {
    exchange: 'simulator',
    chat: 'local',
    simulator: { port: 0, scenario: 'calm', positions: 6 },
    local_chat: { port: 0 },
    storage: { dir: data },
    logging: { level: 'info', file },
    liquidation: { dry_run: false },
  };
  writeFileSync(config, JSON.stringify(content));
  return {
    folder,
    data,
    start() {
      const service = new Service({ main: MAIN, config });
      onTestFinished(() => void service.child.kill('SIGKILL'));
      return service;
    },
    log: () => readFileSync(file, 'utf8'),
  };
}

describe('SIGTERM', () => {
  test('ends the service in time: exit 0, a record says so, no write follows', async () => {
    const made = prepared();
    const service = made.start();
    await service.ready;
    const { code, took } = await service.kill('SIGTERM');
    expect(code).toBe(0);
    expect(took).toBeLessThan(STOP_MS_MAX);
    const { entries, tornBytes } = new JournalReader(made.data).read();
    const stopped = entries.findIndex(({ type }) => type === 'stopped');
    expect(entries[stopped]).toMatchObject({ body: { reason: 'SIGTERM' } });
    expect(entries.slice(stopped).filter(({ type }) => type === 'intent')).toEqual([]);
    expect(tornBytes).toBe(0);
    expect(existsSync(join(made.data, 'lock'))).toBe(false);
  }, 40_000);

  test('sent again and again changes nothing', async () => {
    const made = prepared();
    const service = made.start();
    await service.ready;
    for (let i = 0; i < 5; i += 1) service.child.kill('SIGTERM');
    const { code } = await service.kill('SIGTERM');
    expect(code).toBe(0);
    const { entries } = new JournalReader(made.data).read();
    expect(entries.filter(({ type }) => type === 'stopped')).toHaveLength(1);
    expect(made.log().match(/"stopping"/g)).toHaveLength(1);
  }, 40_000);

  test('during the start leaves a folder that the next start takes', async () => {
    const made = prepared();
    const first = made.start();
    while (!existsSync(join(made.data, 'initialised'))) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await first.kill('SIGTERM');
    const second = made.start();
    await second.ready;
    expect((await second.kill('SIGTERM')).code).toBe(0);
  }, 60_000);
});

describe('a second instance', () => {
  test('is refused in words, and the first one goes on', async () => {
    const made = prepared();
    const first = made.start();
    await first.ready;
    const second = made.start();
    const { code } = await second.ended;
    expect(code).toBe(1);
    expect(second.output).toBe(`the data folder ${made.data} is used by another process\n`);
    expect(first.isGone).toBe(false);
    expect((await first.kill('SIGTERM')).code).toBe(0);
  }, 60_000);
});

describe('a data folder that cannot be', () => {
  test('is refused in words that name it', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'file'), '');
    const made = prepared({ data: join(folder, 'file', 'data') });
    const service = made.start();
    const { code } = await service.ended;
    expect(code).toBe(1);
    expect(service.output).toMatch(/^the data folder \S+ cannot be used: ENOTDIR/);
  }, 40_000);
});
