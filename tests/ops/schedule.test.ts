import { describe, expect, onTestFinished, test } from 'vitest';
import { cronBeats } from '../../src/ops/beats.ts';
import { systemClock } from '../../src/ops/clock.ts';
import { createLogger, silentLogger } from '../../src/ops/logger.ts';
import { createSchedule } from '../../src/ops/schedule.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { ManualBeats } from './manual-beats.ts';

function rig() {
  const clock = new ManualClock();
  const beats = new ManualBeats(clock);
  const lines: string[] = [];
  const stream = { write: (line: string) => lines.push(line) };
  const log = createLogger({ level: 'debug', secrets: [], stream });
  return { clock, beats, schedule: createSchedule(clock, log, beats), lines };
}

describe('FR-2: the schedule', () => {
  test.each([1, 5, 7, 13, 60, 61, 90])('starts each %d s, to the moment', async (seconds) => {
    const { clock, schedule } = rig();
    await clock.advance(370);
    const begin = clock.monotonicMs();
    const starts: number[] = [];
    schedule.everySeconds(seconds, async () => {
      starts.push(clock.monotonicMs() - begin);
    });
    await clock.advance(seconds * 4_000);
    expect(starts).toEqual([1, 2, 3, 4].map((n) => n * seconds * 1_000));
  });

  test('never runs two at once: what comes during a slow run is skipped, not queued', async () => {
    const { clock, schedule, lines } = rig();
    const starts: number[] = [];
    schedule.everySeconds(5, async () => {
      starts.push(clock.monotonicMs());
      if (starts.length === 2) await clock.sleep(12_000);
    });
    await clock.advance(30_000);
    expect(starts).toEqual([5_000, 10_000, 25_000, 30_000]);
    expect(lines.filter((line) => line.includes('skipped'))).toHaveLength(2);
    expect(lines.at(-1)).toContain('"skipped":2');
  });

  test('times missed while everything stood still are not made up for', async () => {
    const { clock, beats, schedule } = rig();
    const starts: number[] = [];
    schedule.everySeconds(5, async () => {
      starts.push(clock.monotonicMs());
    });
    await clock.advance(5_000);
    beats.standStill(17_300);
    await clock.advance(12_700);
    expect(starts).toEqual([5_000, 23_300, 25_000, 30_000, 35_000]);
  });

  test.each([-3_600_000, -700, 400, 3_600_000])(
    'keeps its rhythm when the wall clock steps by %d ms',
    async (step) => {
      const { clock, beats, schedule } = rig();
      const starts: number[] = [];
      schedule.everySeconds(5, async () => {
        starts.push(clock.monotonicMs());
      });
      await clock.advance(7_000);
      clock.setWall(clock.now() + step);
      await clock.advance(18_000);
      expect(starts).toEqual([5_000, 10_000, 15_000, 20_000, 25_000]);
      expect(beats.running).toBe(1);
    },
  );

  test('an error in a run, thrown or rejected, is logged and does not end the rhythm', async () => {
    const { clock, schedule, lines } = rig();
    let runs = 0;
    schedule.everySeconds(5, () => {
      runs += 1;
      if (runs === 1) throw new Error('thrown');
      return Promise.reject(new Error('rejected'));
    });
    await clock.advance(15_000);
    expect(runs).toBe(3);
    expect(lines.join('')).toMatch(/thrown[\s\S]*rejected/);
  });

  test('runs no more once cancelled, even when it was about to', async () => {
    const { clock, beats, schedule } = rig();
    let runs = 0;
    const cancel = schedule.everySeconds(5, async () => {
      runs += 1;
    });
    await clock.advance(4_900);
    cancel();
    cancel();
    await clock.advance(60_000);
    expect(runs).toBe(0);
    expect(beats.running).toBe(0);
  });

  test('runs daily work at its time in UTC, one at a time', async () => {
    const { clock, schedule } = rig();
    const starts: string[] = [];
    schedule.dailyAt('00:05', async () => {
      starts.push(new Date(clock.now()).toISOString().slice(0, 16));
      if (starts.length === 1) await clock.sleep(25 * 3_600_000);
    });
    await clock.advance(3 * 86_400_000);
    expect(starts).toEqual(['2026-01-06T00:05', '2026-01-08T00:05']);
  });

  test('refuses intervals and times that it cannot keep', () => {
    const { schedule } = rig();
    const run = async () => undefined;
    for (const seconds of [0, -1, 1.5, Number.NaN]) {
      expect(() => schedule.everySeconds(seconds, run)).toThrow('whole seconds');
    }
    for (const time of ['24:00', '7:00', '12:60', 'noon']) {
      expect(() => schedule.dailyAt(time, run)).toThrow('HH:MM');
    }
  });
});

/** Real seconds: node-cron has no other clock. Kept to a handful. */
describe('the schedule on node-cron', () => {
  test('starts within 1 % of an interval of 5 s', async () => {
    const schedule = createSchedule(systemClock, silentLogger, cronBeats(silentLogger));
    const begin = performance.now();
    const started = new Promise<number>((resolve) => {
      const cancel = schedule.everySeconds(5, async () => resolve(performance.now() - begin));
      onTestFinished(cancel);
    });
    expect(Math.abs((await started) - 5_000)).toBeLessThan(50);
  });
});
