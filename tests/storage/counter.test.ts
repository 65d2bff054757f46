import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { silentLogger } from '../../src/ops/logger.ts';
import { openCounter } from '../../src/storage/counter.ts';
import { tempFolder } from '../support/temp-folder.ts';

const at = (folder: string) => join(folder, 'c.json');
const open = (folder: string) => openCounter(at(folder), silentLogger);

describe('a counter', () => {
  test('never hands out a number twice, whatever happens in between', async () => {
    const step = fc.record({
      floor: fc.nat(1e6),
      count: fc.integer({ min: 1, max: 50 }),
      accident: fc.constantFrom('none', 'main garbage', 'copy garbage', 'main gone'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
        const folder = tempFolder();
        let last = 0;
        for (const { floor, count, accident } of steps) {
          const counter = await open(folder);
          const { from, to } = await counter.reserveAbove(floor, count);
          expect(from).toBeGreaterThan(Math.max(last, floor));
          expect(to - from + 1).toBe(count);
          last = to;
          if (accident === 'main garbage') writeFileSync(at(folder), '{');
          if (accident === 'copy garbage') writeFileSync(`${at(folder)}.1`, '');
          if (accident === 'main gone') rmSync(at(folder));
        }
      }),
      { numRuns: 30 },
    );
  });

  test('reserves up to a reach where that is higher, and remembers it', async () => {
    const folder = tempFolder();
    const counter = await open(folder);
    expect(await counter.reserveAbove(0, 10, 100)).toEqual({ from: 1, to: 100 });
    expect(await counter.reserveAbove(0, 10, 105)).toEqual({ from: 101, to: 110 });
    expect(await (await open(folder)).reserveAbove(0, 1)).toEqual({ from: 111, to: 111 });
    await expect(async () => counter.reserveAbove(0, 1, 0.5)).rejects.toThrow('reach');
  });

  test('serves callers at the same time with ranges that do not overlap', async () => {
    const counter = await open(tempFolder());
    const ranges = await Promise.all([1, 2, 3, 4].map(() => counter.reserveAbove(0, 10)));
    expect(ranges.map(({ from }) => from)).toEqual([1, 11, 21, 31]);
  });

  test('refuses to start when both of its files are damaged', async () => {
    const folder = tempFolder();
    await (await open(folder)).reserveAbove(0, 1);
    writeFileSync(at(folder), '');
    writeFileSync(`${at(folder)}.1`, '{"reservedTo":-1}');
    await expect(open(folder)).rejects.toThrow('both are damaged');
  });

  test.each([
    [0.5, 1],
    [0, 0],
    [Number.NaN, 1],
    [Number.MAX_SAFE_INTEGER, 1],
  ])('refuses a floor of %d with a count of %d', async (floor, count) => {
    const counter = await open(tempFolder());
    await expect(async () => counter.reserveAbove(floor, count)).rejects.toThrow('expected');
  });
});
