import { describe, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/ops/clock.ts';
import { silentLogger } from '../../src/ops/logger.ts';
import { createSchedule } from '../../src/ops/schedule.ts';

/** Real seconds: node-cron has no other clock. Kept to a handful. */
describe('FR-2: the schedule', () => {
  test('keeps its rhythm to 1 % of the interval and never runs two at once', async () => {
    const schedule = createSchedule(systemClock, silentLogger);
    const starts: number[] = [];
    let running = 0;
    let most = 0;
    const cancel = schedule.everySeconds(2, async () => {
      starts.push(performance.now());
      running += 1;
      most = Math.max(most, running);
      // The second run is slow: it swallows the third, which is skipped, not queued.
      await systemClock.sleep(starts.length === 2 ? 2_500 : 10);
      running -= 1;
    });
    onTestFinished(cancel);
    await systemClock.sleep(9_200);
    expect(most).toBe(1);
    const gaps = starts.slice(1).map((at, i) => at - (starts[i] ?? 0));
    expect(gaps.length).toBeGreaterThanOrEqual(2);
    expect(gaps.some((gap) => gap > 3_900)).toBe(true);
    for (const gap of gaps)
      expect(Math.abs(gap / 2_000 - Math.round(gap / 2_000))).toBeLessThan(0.05);
  });

  test('an error in a run does not end the rhythm', async () => {
    const schedule = createSchedule(systemClock, silentLogger);
    let runs = 0;
    const cancel = schedule.everySeconds(1, async () => {
      runs += 1;
      throw new Error('boom');
    });
    onTestFinished(cancel);
    await systemClock.sleep(3_300);
    expect(runs).toBeGreaterThanOrEqual(2);
  });
});
