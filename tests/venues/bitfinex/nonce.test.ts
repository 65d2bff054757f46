import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Counter } from '../../../src/ports/counter.ts';
import {
  NONCE_BLOCK,
  NONCE_BLOCK_MIN,
  NONCE_LEAD_MAX,
  NonceSource,
} from '../../../src/venues/bitfinex/nonce.ts';
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
          if (step.kind === 'skip') source.refused();
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
      async reserveAbove(floor, count, reach) {
        const block = await inner.reserveAbove(floor, count, reach);
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

  test('stay near the clock however often and quickly the process is killed', async () => {
    const life = fc.record({ takes: fc.integer({ min: 0, max: 30 }), ms: fc.nat(40_000) });
    await fc.assert(
      fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 60 }), async (lives) => {
        const clock = new FakeClock();
        const counter = new MemoryCounter();
        for (const [i, { takes, ms }] of lives.entries()) {
          const source = new NonceSource(clock, counter);
          for (let n = 0; n < takes; n += 1) {
            const ahead = (await source.take()) - clock.now() * 1_000;
            expect(ahead).toBeLessThanOrEqual(NONCE_BLOCK + (i + 1) * NONCE_BLOCK_MIN);
          }
          clock.advance(ms);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('are caught up with by the clock half a minute after a thousand kills', async () => {
    const clock = new FakeClock();
    const counter = new MemoryCounter();
    for (let i = 0; i < 1_000; i += 1) await new NonceSource(clock, counter).take();
    clock.advance(31_000 + 1_000);
    expect(await new NonceSource(clock, counter).take()).toBe(clock.now() * 1_000);
  });

  test('do not wait for the disk after an idle hour, and then follow the clock', async () => {
    const clock = new FakeClock();
    const inner = new MemoryCounter();
    let isStuck = false;
    let release = (): void => undefined;
    const stuck = new Promise<void>((resolve) => {
      release = resolve;
    });
    const counter: Counter = {
      async reserveAbove(floor, count, reach) {
        if (isStuck) await stuck;
        return inner.reserveAbove(floor, count, reach);
      },
    };
    const source = new NonceSource(clock, counter);
    const first = await source.take();
    clock.advance(3_600_000);
    isStuck = true;
    expect(await source.take()).toBe(first + 1);
    expect(await source.take()).toBe(first + 2);
    release();
    await new Promise((resolve) => setImmediate(resolve));
    expect(await source.take()).toBe(clock.now() * 1_000);
  });

  test('leave a wider gap with each refusal in a row, up to an hour', async () => {
    const clock = new FakeClock();
    const source = new NonceSource(clock, new MemoryCounter());
    const gaps: number[] = [];
    let last = await source.take();
    for (let i = 0; i < 30; i += 1) {
      source.refused();
      const nonce = await source.take();
      gaps.push(Math.round((nonce - last) / 1_000_000));
      expect(nonce - clock.now() * 1_000).toBeLessThanOrEqual(NONCE_LEAD_MAX + 100);
      last = nonce;
    }
    expect(gaps.slice(0, 10)).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 600]);
    expect(gaps.at(-1)).toBe(0);
    source.accepted();
    clock.advance(7_200_000);
    source.refused();
    expect((await source.take()) - clock.now() * 1_000).toBe(2_000_001);
  });

  test('are beyond the clock after a refusal, also out of an old block', async () => {
    const clock = new FakeClock();
    const source = new NonceSource(clock, new MemoryCounter());
    await source.take();
    clock.advance(3_600_000);
    source.refused();
    expect(await source.take()).toBeGreaterThan(clock.now() * 1_000);
  });

  test('are refused when no block can be made durable', async () => {
    const counter: Counter = { reserveAbove: () => Promise.reject(new Error('disk full')) };
    await expect(new NonceSource(new FakeClock(), counter).take()).rejects.toThrow('disk full');
  });
});
