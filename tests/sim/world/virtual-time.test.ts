import { expect, test } from 'vitest';
import { SimProcess } from '../../../src/sim/world/sim-process.ts';
import { StoppedEarly, VirtualTime } from '../../../src/sim/world/virtual-time.ts';

test('events happen by moment, then in the order they were asked for', async () => {
  const time = new VirtualTime();
  const seen: string[] = [];
  time.after(20, () => seen.push('late'));
  time.after(10, () => seen.push('first'));
  time.after(10, () => seen.push('second'));
  for (let i = 0; i < 50; i += 1) time.after((i * 37) % 50, () => seen.push(String(time.at)));
  await time.runUntil(100);
  const named = seen.filter((text) => Number.isNaN(Number(text)));
  const moments = seen.map(Number).filter((at) => !Number.isNaN(at));
  expect(named).toEqual(['first', 'second', 'late']);
  expect(moments).toEqual([...moments].sort((a, b) => a - b));
  expect(time.at).toBe(100);
});

test('every promise settles before the next event', async () => {
  const time = new VirtualTime();
  const seen: string[] = [];
  time.after(1, () => {
    void (async () => {
      for (let i = 0; i < 100; i += 1) await Promise.resolve();
      seen.push('settled');
    })();
  });
  time.after(1, () => seen.push('next'));
  await time.runUntil(2);
  expect(seen).toEqual(['settled', 'next']);
});

test('a cancelled event does not happen, and one that throws ends the run', async () => {
  const time = new VirtualTime();
  const seen: string[] = [];
  time.after(1, () => seen.push('never'))();
  await time.runUntil(5);
  expect(seen).toEqual([]);
  time.after(1, () => {
    throw new RangeError('broken');
  });
  await expect(time.runUntil(10)).rejects.toThrow('broken');
});

test('a suspended process does what was due when it wakes, a killed one never', async () => {
  const time = new VirtualTime();
  const process = new SimProcess(time, { startAt: 1_000_000, skewMs: 250 });
  const seen: number[] = [];
  process.clock.after(10, () => seen.push(time.at));
  process.clock.after(500, () => seen.push(time.at));
  process.clock.after(900, () => seen.push(time.at));
  process.suspend(300);
  await time.runUntil(600);
  expect(seen).toEqual([300, 500]);
  expect(process.clock.now()).toBe(1_000_850);
  expect(process.clock.monotonicMs()).toBe(600);
  process.kill();
  await time.runUntil(2_000);
  expect(seen).toEqual([300, 500]);
});

test('a stop ends the run before the next event', async () => {
  const time = new VirtualTime();
  const seen: number[] = [];
  for (const at of [1, 2, 3]) time.after(at, () => seen.push(at));
  time.after(2, () => time.stop());
  await expect(time.runUntil(10)).rejects.toThrow(StoppedEarly);
  expect(seen).toEqual([1, 2]);
});
