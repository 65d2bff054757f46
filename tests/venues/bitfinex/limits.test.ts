import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Bucket,
  LIMIT_PER_MINUTE,
  PAUSE_MIN_MS,
  RateLimiter,
  SlidingWindow,
} from '../../../src/venues/bitfinex/limits.ts';
import { FakeClock } from './fake-clock.ts';

const buckets = Object.keys(LIMIT_PER_MINUTE) as Bucket[];

function mostInAnyMinute(times: readonly number[]): number {
  return Math.max(
    0,
    ...times.map((at, i) => times.filter((t, j) => j >= i && t < at + 60_000).length),
  );
}

describe('request limits', () => {
  test('no pattern of requests puts more into any minute than the venue admits', () => {
    const pattern = fc.array(
      fc.record({
        waitMs: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 20_000 })),
        bucket: fc.constantFrom(...buckets),
        burst: fc.integer({ min: 1, max: 60 }),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(pattern, (script) => {
        const clock = new FakeClock();
        const limiter = new RateLimiter(clock, () => 0.5);
        const sent = new Map<Bucket, number[]>(buckets.map((bucket) => [bucket, []]));
        for (const { waitMs, bucket, burst } of script) {
          clock.advance(waitMs);
          for (let i = 0; i < burst; i += 1) {
            if (limiter.take(bucket) === 0) sent.get(bucket)?.push(clock.monotonicMs());
          }
        }
        for (const [bucket, times] of sent) {
          expect(mostInAnyMinute(times)).toBeLessThanOrEqual(LIMIT_PER_MINUTE[bucket]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('within the limit nothing waits, and the wait that is told is enough', () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter(clock, () => 0.5);
    for (let i = 0; i < 90; i += 1) expect(limiter.take('collateral_set')).toBe(0);
    const waitMs = limiter.take('collateral_set');
    expect(waitMs).toBeGreaterThan(0);
    clock.advance(waitMs - 1);
    expect(limiter.take('collateral_set')).toBeGreaterThan(0);
    clock.advance(1);
    expect(limiter.take('collateral_set')).toBe(0);
  });

  test('a market that runs ten times as fast admits ten times as much', () => {
    const limiter = new RateLimiter(new FakeClock(), () => 0.5, 10);
    for (let i = 0; i < 900; i += 1) expect(limiter.take('collateral_set')).toBe(0);
    expect(limiter.take('collateral_set')).toBeGreaterThan(0);
  });

  test('endpoints do not use up each other', () => {
    const limiter = new RateLimiter(new FakeClock(), () => 0.5);
    while (limiter.take('positions') === 0);
    expect(limiter.take('collateral_set')).toBe(0);
  });

  test('a limited reply rests every endpoint for at least a minute, longer in a row', () => {
    const clock = new FakeClock();
    const limiter = new RateLimiter(clock, () => 0);
    limiter.pause();
    for (const bucket of buckets) expect(limiter.take(bucket)).toBeGreaterThanOrEqual(PAUSE_MIN_MS);
    limiter.pause();
    clock.advance(PAUSE_MIN_MS);
    expect(limiter.take('positions')).toBe(0);
    limiter.pause();
    expect(limiter.pausedMs()).toBe(2 * PAUSE_MIN_MS);
    clock.advance(2 * PAUSE_MIN_MS);
    limiter.relax();
    limiter.pause();
    expect(limiter.pausedMs()).toBe(PAUSE_MIN_MS);
  });

  test('a longer rest that the venue asks for is kept, up to five minutes', () => {
    const limiter = new RateLimiter(new FakeClock(), () => 0);
    limiter.pause(120_000);
    expect(limiter.pausedMs()).toBe(120_000);
    const greedy = new RateLimiter(new FakeClock(), () => 0);
    greedy.pause(86_400_000);
    expect(greedy.pausedMs()).toBe(300_000);
  });

  test('a sliding window holds for every limit and length', () => {
    const script = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 200 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), script, (limit, waits) => {
        const window = new SlidingWindow(limit, 1_000);
        const sent: number[] = [];
        let now = 0;
        for (const wait of waits) {
          now += wait;
          if (window.take(now) === 0) sent.push(now);
        }
        for (const [i, at] of sent.entries()) {
          expect((sent[i + limit] ?? Number.POSITIVE_INFINITY) - at).toBeGreaterThanOrEqual(1_000);
        }
      }),
    );
  });
});

describe('after a restart', () => {
  const afterRestart = (writes: number | null) => {
    const limiter = new RateLimiter(new FakeClock(), () => 0.5);
    limiter.continueFrom(writes);
    return limiter;
  };

  test('what an earlier run wrote within the minute counts on', () => {
    expect(afterRestart(70).left('collateral_set')).toBe(20);
    expect(afterRestart(120).left('order_submit')).toBe(0);
  });

  test('two runs within one minute read no more than the venue admits', () => {
    for (const bucket of ['positions', 'wallets'] as const) {
      const before = new RateLimiter(new FakeClock(), () => 0.5).left(bucket);
      expect(before + afterRestart(0).left(bucket)).toBeLessThanOrEqual(90);
    }
  });

  test('later than a minute after the last record nothing is held back', () => {
    expect(afterRestart(null).left('collateral_set')).toBe(90);
  });
});
