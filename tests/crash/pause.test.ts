/** A person stops everything while the disk is slow or failing: stopped at once, told honestly. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { type App, startApp } from '../../src/app.ts';
import { demoConfig } from '../../src/config/demo.ts';
import { type Disk, type DiskFile, nodeDisk } from '../../src/storage/disk.ts';
import { until } from '../e2e/rig.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { getJson, postJson } from './http.ts';
import { JournalReader } from './journal-reader.ts';

const messages = z.array(z.object({ from: z.string(), text: z.string().nullish() }));

/** The machine's disk; the journal's appends, which are synced, wait for `beforeSync`. */
function syncing(): { readonly disk: Disk; beforeSync: () => Promise<void> } {
  const slow = { beforeSync: async (): Promise<void> => undefined };
  const wrapped = (file: DiskFile): DiskFile => ({
    appendFile: (data) => slow.beforeSync().then(() => file.appendFile(data)),
    writeFile: (data, encoding) => file.writeFile(data, encoding),
    sync: () => file.sync(),
    datasync: () => file.datasync(),
    read: (...where) => file.read(...where),
    stat: () => file.stat(),
    close: () => file.close(),
  });
  const open: Disk['open'] = async (path, flags) => {
    const file = await nodeDisk.open(path, flags);
    return path.includes('/journal/') ? wrapped(file) : file;
  };
  return Object.assign(slow, { disk: { ...nodeDisk, open } });
}

async function start(folder: string, disk: Disk, fatal: Error[] = []): Promise<App> {
  const env = { DEMO_CHAT_PORT: '0', DEMO_EXCHANGE_PORT: '0', DEMO_SCENARIO: 'calm' };
  const app = await startApp({
    config: { ...demoConfig(env, folder), logging: { level: 'silent' } },
    version: 'test',
    pinnedDryRun: false,
    say: () => undefined,
    onFatal: (error) => void fatal.push(error),
    disk,
  });
  onTestFinished(() => app.stop('end of test').catch(() => undefined));
  await until('the first moves', async () => (await writesOf(app)) > 5 || undefined);
  return app;
}

async function writesOf({ exchangeUrl }: App): Promise<number> {
  const path = encodeURIComponent('/auth/w/');
  return z.array(z.unknown()).parse(await getJson(`${exchangeUrl}/sim/log?path=${path}`)).length;
}

async function heard({ chatUrl }: App): Promise<string[]> {
  const all = messages.parse(await getJson(`${chatUrl}api/messages?user=owner`));
  return all.filter(({ from }) => from === 'bot').map(({ text }) => text ?? '');
}

function hear(app: App, pattern: RegExp): Promise<string> {
  return until(`a message like ${pattern}`, async () =>
    (await heard(app)).find((text) => pattern.test(text)),
  );
}

async function panic(app: App): Promise<void> {
  await postJson(`${app.chatUrl}api/send`, { user: 'owner', text: '/panic' });
}

/** A fall that asks for rescues, and time for them. */
async function fall(app: App): Promise<void> {
  await postJson(`${app.exchangeUrl}/sim/shock`, { symbol: '*', pct: -9, seconds: 0 });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
}

const isPaused = (folder: string): boolean =>
  new JournalReader(folder).read().entries.some(({ type }) => type === 'paused');

describe('/panic', () => {
  test('on a slow disk stops all writes at once, and is called kept once it is', async () => {
    const folder = tempFolder();
    const slow = syncing();
    const app = await start(folder, slow.disk);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    slow.beforeSync = () => held;
    await panic(app);
    expect(await hear(app, /Everything is stopped/)).toContain('Not on disk yet');
    const before = await writesOf(app);
    await fall(app);
    expect((await heard(app)).join()).not.toContain('is on disk now');
    release();
    await hear(app, /The pause is on disk now/);
    expect(isPaused(folder)).toBe(true);
    await fall(app);
    expect(await writesOf(app)).toBe(before);
  }, 60_000);

  test('on a disk that fails stops all writes too, and is never called kept', async () => {
    const folder = tempFolder();
    const failing = syncing();
    const fatal: Error[] = [];
    const app = await start(folder, failing.disk, fatal);
    failing.beforeSync = () => Promise.reject(new Error('EIO: i/o error, write'));
    await panic(app);
    expect(await hear(app, /Everything is stopped/)).toContain('could not be put on disk');
    const before = await writesOf(app);
    await fall(app);
    expect(await writesOf(app)).toBe(before);
    expect(fatal[0]?.message).toMatch(/^the journal cannot be written: EIO/);
    expect((await heard(app)).join()).not.toContain('is on disk now');
  }, 60_000);
});
