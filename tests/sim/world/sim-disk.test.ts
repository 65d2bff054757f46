import { describe, expect, test } from 'vitest';
import { Prng } from '../../../src/sim/market/index.ts';
import { MIN_FREE_BYTES, SimDisk } from '../../../src/sim/world/sim-disk.ts';
import { SimProcess } from '../../../src/sim/world/sim-process.ts';
import { VirtualTime } from '../../../src/sim/world/virtual-time.ts';

function machine(seed = 1) {
  const time = new VirtualTime();
  const durable: string[] = [];
  const disk = new SimDisk(time, new Prng(seed), {
    onDurable: (path, bytes) => void durable.push(`${path} ${bytes.toString()}`),
    onOperation: () => undefined,
  });
  const born = () => new SimProcess(time, { startAt: 0, skewMs: 0 });
  /** Runs the work to its end in virtual time. */
  async function done<T>(work: Promise<T>): Promise<T> {
    const ended = work.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    await time.runUntil(time.at + 60_000);
    const end = await ended;
    if ('error' in end) throw end.error;
    return end.value;
  }
  return { time, disk, durable, born, done };
}

async function writeAB(seed: number): Promise<{ content: string; durable: string[] }> {
  const { disk, durable, born, done } = machine(seed);
  const process = born();
  const door = disk.attach(process);
  await done(door.makeFolder('/d'));
  const file = await done(door.open('/d/f', 'a'));
  await done(file.appendFile('synced.'));
  await done(file.datasync());
  await done(door.syncFolder('/d'));
  await done(file.appendFile('promised to nobody'));
  process.kill();
  disk.powerCut();
  return { content: disk.contentOf('/d/f')?.toString('latin1') ?? '', durable };
}

describe('a power cut', () => {
  test('leaves every synced byte and says which ones those were', async () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const { content, durable } = await writeAB(seed);
      expect(content.startsWith('synced.')).toBe(true);
      expect(durable).toEqual(['/d/f synced.']);
    }
  });

  test('takes, cuts, blanks or mangles the rest, or leaves it', async () => {
    const rests = new Set<string>();
    for (let seed = 1; seed <= 60; seed += 1) {
      const rest = (await writeAB(seed)).content.slice('synced.'.length);
      if (rest === '') rests.add('taken');
      else if (rest === 'promised to nobody') rests.add('left');
      else if (rest.includes('\0\0')) rests.add('blanked');
      else rests.add('promised to nobody'.startsWith(rest) ? 'cut' : 'mangled');
    }
    expect([...rests].sort()).toEqual(['blanked', 'cut', 'left', 'mangled', 'taken']);
  });

  test('may undo a rename whose folder was not synced', async () => {
    const found = new Set<string>();
    for (let seed = 1; seed <= 20; seed += 1) {
      const { disk, born, done } = machine(seed);
      const process = born();
      const door = disk.attach(process);
      disk.plant('/d/f', Buffer.from('old'));
      disk.plant('/d/new', Buffer.from('new'));
      await done(door.rename('/d/new', '/d/f'));
      process.kill();
      disk.powerCut();
      found.add(disk.contentOf('/d/f')?.toString() ?? 'none');
    }
    expect([...found].sort()).toEqual(['new', 'old']);
  });
});

test('a killed process gets no answer, and what it wrote stays', async () => {
  const { time, disk, born, done } = machine();
  const process = born();
  const door = disk.attach(process);
  const file = await done(door.open('/d/f', 'a'));
  let isAnswered = false;
  void file.appendFile('x').then(() => {
    isAnswered = true;
  });
  process.kill();
  await time.runUntil(time.at + 1_000);
  expect(isAnswered).toBe(false);
  expect(disk.contentOf('/d/f')?.toString()).toBe('x');
});

test('a full disk refuses and a failing sync fails once', async () => {
  const { disk, born, done } = machine();
  const door = disk.attach(born());
  const file = await done(door.open('/d/f', 'a'));
  disk.trouble.isFull = true;
  await expect(done(file.appendFile('x'.repeat(100)))).rejects.toThrow('ENOSPC');
  disk.trouble.isFull = false;
  disk.trouble.failSyncs = 1;
  await expect(done(file.sync())).rejects.toThrow('EIO');
  await done(file.sync());
});

test('a dead process gives its folder free after ten seconds, a living one keeps it', async () => {
  const { time, disk, born, done } = machine();
  const first = born();
  await done(disk.attach(first).lock('/d', () => undefined));
  const second = disk.attach(born());
  await expect(done(second.lock('/d', () => undefined))).rejects.toThrow('used by another process');
  first.kill();
  const from = time.at;
  let lockedAt = 0;
  void second
    .lock('/d', () => undefined)
    .then(() => {
      lockedAt = time.at;
    });
  await time.runUntil(from + 60_000);
  expect(lockedAt - from).toBe(10_000);
});

test('a disk says how much room is left: little before it is full, none when it is', async () => {
  const { disk, born, done } = machine();
  const door = disk.attach(born());
  expect(await done(door.freeBytes('/d'))).toBeGreaterThan(MIN_FREE_BYTES);
  disk.trouble.isLow = true;
  expect(await done(door.freeBytes('/d'))).toBeLessThan(MIN_FREE_BYTES);
  disk.trouble.isFull = true;
  expect(await done(door.freeBytes('/d'))).toBe(0);
});
