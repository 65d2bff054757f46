import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Counter } from '../../../src/ports/counter.ts';
import { NONCE_BLOCK, NonceSource } from '../../../src/venues/bitfinex/nonce.ts';
import { FakeClock } from './fake-clock.ts';
import { MemoryCounter } from './setup.ts';

const steps = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('take'), times: fc.integer({ min: 1, max: 20 }) }),
    fc.record({ kind: fc.constant('step'), ms: fc.integer({ min: -400_000_000, max: 4_000_000 }) }),
    fc.record({ kind: fc.constant('restart') }),
    fc.record({ kind: fc.constant('skip') }),
  ),
  { maxLength: 40 },
);

describe('nonces', () => {
  test('rise strictly whatever the clock does and however often the process starts', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (script) => {
        const clock = new FakeClock();
        const counter = new MemoryCounter();
        let source = new NonceSource(clock, counter);
        let last = 0;
        for (const step of script) {
          if (step.kind === 'restart') source = new NonceSource(clock, counter);
          if (step.kind === 'skip') source.skipAhead();
          if ('ms' in step) clock.stepWall(step.ms);
          for (let i = 0; 'times' in step && i < step.times; i += 1) {
            const nonce = await source.take();
            expect(nonce).toBeGreaterThan(last);
            expect(nonce).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
            last = nonce;
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('are microseconds of the clock when nothing pushes them', async () => {
    const clock = new FakeClock();
    const source = new NonceSource(clock, new MemoryCounter());
    expect(await source.take()).toBe(clock.now() * 1_000);
    clock.advance(5);
    expect(await source.take()).toBe(clock.now() * 1_000);
  });

  test('follow the clock again after hours of use, block after block', async () => {
    const clock = new FakeClock();
    const source = new NonceSource(clock, new MemoryCounter());
    for (let minute = 0; minute < 300; minute += 1) {
      await source.take();
      clock.advance(60_000);
    }
    const ahead = (await source.take()) - clock.now() * 1_000;
    expect(ahead).toBeLessThan(NONCE_BLOCK);
  });

  test('stay inside what was reserved, so that a restart cannot repeat one', async () => {
    const reserved: { from: number; to: number }[] = [];
    const inner = new MemoryCounter();
    const counter: Counter = {
      async reserveAbove(floor, count) {
        const block = await inner.reserveAbove(floor, count);
        reserved.push(block);
        return block;
      },
    };
    const clock = new FakeClock();
    const source = new NonceSource(clock, counter);
    for (let i = 0; i < 200; i += 1) {
      const nonce = await source.take();
      expect(reserved.some(({ from, to }) => nonce >= from && nonce <= to)).toBe(true);
      clock.advance(i % 10 === 0 ? 1_200_000 : 17_000);
    }
    expect(reserved.length).toBeGreaterThan(3);
  });

  test('are refused when no block can be made durable', async () => {
    const counter: Counter = { reserveAbove: () => Promise.reject(new Error('disk full')) };
    await expect(new NonceSource(new FakeClock(), counter).take()).rejects.toThrow('disk full');
  });
});
