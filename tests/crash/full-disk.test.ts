/** The built service on a file system that really fills up. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { silentLogger } from '../../src/ops/logger.ts';
import { openStorage, verifyJournal } from '../../src/storage/index.ts';
import { until } from '../e2e/rig.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { type Build, buildService } from './build.ts';
import { getJson, postJson } from './http.ts';
import { JournalReader } from './journal-reader.ts';
import { limitedDisk } from './limited-disk.ts';
import { Service } from './service.ts';
import { SmallDisk, whyNoSmallDisk } from './small-disk.ts';

const SIZE = '4m';
const messages = z.array(z.object({ from: z.string(), text: z.string().nullish() }));

interface Running {
  readonly service: Service;
  writes(): Promise<number>;
  shock(pct: number): Promise<void>;
  heard(): Promise<string>;
}

interface Place {
  readonly disk: SmallDisk;
  /** The data folder as the service names it, and as the test sees it. */
  readonly data: string;
  readonly seen: string;
  begin(): Service;
  /** Begins, and is ready. */
  start(): Promise<Running>;
  /** `data verify`, as a person would run it there. */
  verify(): { readonly code: number | null; readonly said: string };
}

async function place(main: string, minFreeMb: number): Promise<Place> {
  const folder = tempFolder();
  const disk = await SmallDisk.mount(join(folder, 'disk'), SIZE);
  onTestFinished(() => disk.end());
  const [data, seen] = [join(disk.folder, 'data'), join(disk.seen, 'data')];
  const config = join(folder, 'config.yaml');
  const content = {
    exchange: 'simulator',
    chat: 'local',
    simulator: { port: 0, scenario: 'calm', positions: 12 },
    local_chat: { port: 0 },
    storage: { dir: data, min_free_mb: minFreeMb },
    logging: { level: 'info', file: join(folder, 'ballast.log') },
    liquidation: { dry_run: false },
  };
  writeFileSync(config, JSON.stringify(content));
  const begin = (): Service => {
    const service = new Service({ main, config, entry: disk.entry });
    onTestFinished(() => void service.child.kill('SIGKILL'));
    return service;
  };
  return {
    ...{ disk, data, seen, begin },
    async start() {
      const service = begin();
      await service.ready;
      return running(service);
    },
    verify() {
      const command = [process.execPath, main, 'data', 'verify', '--data', data];
      const [file = '', ...args] = [...disk.entry, ...command];
      const { status, stdout } = spawnSync(file, args, { encoding: 'utf8' });
      return { code: status, said: stdout };
    },
  };
}

function running(service: Service): Running {
  const [, chat = '', exchange = ''] = /chat=(\S+) exchange=(\S+)/.exec(service.output) ?? [];
  const log = `${exchange}/sim/log?path=${encodeURIComponent('/auth/w/')}`;
  return {
    service,
    writes: async () => z.array(z.unknown()).parse(await getJson(log)).length,
    async shock(pct) {
      await postJson(`${exchange}/sim/shock`, { symbol: '*', pct, seconds: 0 });
    },
    async heard() {
      const all = messages.parse(await getJson(`${chat}api/messages?user=owner`));
      return all.flatMap(({ from, text }) => (from === 'bot' ? [text ?? ''] : [])).join('\n');
    },
  };
}

function documentsOf(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.json'));
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const why = whyNoSmallDisk();

function realDisk(): void {
  let build: Build | null = null;
  beforeAll(() => {
    build = buildService();
  }, 120_000);
  afterAll(() => build?.remove());
  const entry = (): string => build?.main ?? '';

  test('halts while it is nearly full, and goes on once there is room', async () => {
    const { disk, start, verify } = await place(entry(), 1);
    const made = await start();
    await until('the first moves', async () => (await made.writes()) > 0 || undefined);
    disk.fill(3_600_000);
    await until('the halt', async () => /is nearly full/.test(await made.heard()) || undefined);
    const before = await made.writes();
    await made.shock(-9);
    await pause(1_500);
    expect(await made.writes()).toBe(before);
    disk.free();
    await until('moves again', async () => (await made.writes()) > before || undefined);
    expect((await made.service.kill('SIGTERM')).code).toBe(0);
    expect(verify()).toMatchObject({ code: 0 });
  }, 90_000);

  test('without a byte left ends in words, all files whole, and starts with room', async () => {
    const { disk, seen, start, verify } = await place(entry(), 0);
    const made = await start();
    await until('the first moves', async () => (await made.writes()) > 0 || undefined);
    disk.fill();
    // A fall now and then: the last block of the journal takes a few records more.
    for (let i = 0; i < 60 && !made.service.isGone; i += 1) {
      await made.shock(i % 2 === 0 ? -4 : 4).catch(() => undefined);
      await Promise.race([pause(500), made.service.ended]);
    }
    expect(made.service.isGone).toBe(true);
    expect((await made.service.ended).code).toBe(1);
    expect(made.service.output).toMatch(/^the journal cannot be written: ENOSPC/m);
    expect(verify()).toMatchObject({ code: 0, said: expect.stringContaining('all whole') });
    for (const name of documentsOf(seen)) JSON.parse(readFileSync(join(seen, name), 'utf8'));
    const { entries } = new JournalReader(seen).read();
    disk.free();
    const next = await start();
    await until('moves again', async () => (await next.writes()) > 0 || undefined);
    expect((await next.service.kill('SIGTERM')).code).toBe(0);
    const after = new JournalReader(seen).read();
    expect(after.entries.slice(0, entries.length)).toEqual(entries);
    expect(after.entries.at(-1)).toMatchObject({ type: 'stopped' });
    expect(after.tornBytes).toBe(0);
  }, 120_000);

  test('is refused in words when it can only be read', async () => {
    const { disk, data, begin, start, verify } = await place(entry(), 0);
    const first = await start();
    expect((await first.service.kill('SIGTERM')).code).toBe(0);
    disk.makeReadOnly();
    const second = begin();
    expect((await second.ended).code).toBe(1);
    expect(second.output).toMatch(/^the data folder \S+ cannot be used: EROFS/);
    expect(second.output).toContain(data);
    expect(verify()).toMatchObject({ code: 0 });
  }, 90_000);
}

/** What can be shown without a mount; the whole service on such a disk is in `disk.test.ts`. */
function quota(): void {
  test('its journal stops for good, torn at most at its end', async () => {
    const folder = tempFolder();
    const fatal: Error[] = [];
    const { disk } = limitedDisk(2_000);
    const storage = await openStorage(folder, {
      clock: new ManualClock(),
      log: silentLogger,
      onFatal: (error) => void fatal.push(error),
      disk,
    });
    const appends = Array.from({ length: 50 }, (_, i) =>
      storage.journal.append({ type: 'n', body: 'x'.repeat(i) }),
    );
    const ends = await Promise.allSettled(appends);
    expect(ends.at(-1)?.status).toBe('rejected');
    expect(fatal[0]?.message).toMatch(/ENOSPC/);
    expect((await verifyJournal(folder)).corruption).toBeNull();
    await storage.close().catch(() => undefined);
  });
}

if (why === null) describe(`a real file system of ${SIZE} that fills up`, realDisk);
else describe(`a disk with a quota, for no file system can be mounted here: ${why}`, quota);
