import { schedule as startCron, type TaskOptions } from 'node-cron';
import { HOUR_MS } from '../core/time.ts';
import type { Cancel } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';

/** What the schedule is driven by: node-cron, or a test's own beat. */
export interface Beats {
  eachSecond(call: () => void): Cancel;
  eachDay(hourUtc: number, minuteUtc: number, call: () => void): Cancel;
}

/** Daily work that a busy or sleeping machine missed is still worth doing within half a day. */
const DAILY_LATE_MAX_MS = 12 * HOUR_MS;

export function cronBeats(log: Logger): Beats {
  const options: TaskOptions = {
    suppressMissedWarning: true,
    // Without this, node-cron prints its own lines.
    logger: {
      info: (message) => log.debug({}, message),
      warn: (message) => log.debug({}, message),
      debug: (message) => log.debug({}, String(message)),
      error: (message, error) => log.error({ error: error ?? message }, 'node-cron failed'),
    },
  };
  function start(pattern: string, call: () => void, extra: TaskOptions): Cancel {
    const task = startCron(pattern, call, { ...options, ...extra });
    return () => void task.destroy();
  }
  return {
    eachSecond: (call) => start('* * * * * *', call, {}),
    eachDay: (hour, minute, call) =>
      start(`${minute} ${hour} * * *`, call, {
        timezone: 'Etc/UTC',
        missedExecutionTolerance: DAILY_LATE_MAX_MS,
      }),
  };
}
