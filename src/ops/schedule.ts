/**
 * Recurring work on node-cron. A cron beat each second looks what is due and arms a timer for the
 * very moment, reckoned in elapsed time: intervals that do not divide a minute keep their rhythm,
 * and so does all of it when the wall clock steps.
 */
import { assert, messageOf } from '../core/errors.ts';
import { SECOND_MS } from '../core/time.ts';
import type { Cancel, Clock, Schedule } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import { type Beats, cronBeats } from './beats.ts';

/** A beat arms what is due before the next beat, with room for one that comes late. */
const ARM_AHEAD_MS = 1.5 * SECOND_MS;
/** node-cron waits for the time it expects: after a step back of an hour, for an hour. */
const BEAT_LOST_MS = 3 * SECOND_MS;
const TIME_OF_DAY = /^([01]\d|2[0-3]):([0-5]\d)$/;

export function createSchedule(clock: Clock, log: Logger, beats: Beats = cronBeats(log)): Schedule {
  return {
    everySeconds(seconds, run) {
      assert(Number.isInteger(seconds) && seconds > 0, `whole seconds, was ${seconds}`);
      return keepRhythm(clock, beats, seconds * SECOND_MS, oneAtATime(run, log));
    },
    dailyAt(time, run) {
      const [, hour, minute] = TIME_OF_DAY.exec(time) ?? [];
      assert(hour !== undefined && minute !== undefined, `HH:MM in UTC, was ${time}`);
      return beats.eachDay(Number(hour), Number(minute), oneAtATime(run, log));
    },
  };
}

/** Calls at each multiple of the interval from now on; times that were missed are left out. */
function keepRhythm(clock: Clock, beats: Beats, intervalMs: number, call: () => void): Cancel {
  let dueAt = clock.monotonicMs() + intervalMs;
  let disarm: Cancel | null = null;
  let stopBeat = beats.eachSecond(beat);
  let stopWatch = clock.after(BEAT_LOST_MS, restartBeat);

  function beat(): void {
    stopWatch();
    stopWatch = clock.after(BEAT_LOST_MS, restartBeat);
    const waitMs = dueAt - clock.monotonicMs();
    if (disarm || waitMs > ARM_AHEAD_MS) return;
    disarm = clock.after(Math.max(0, waitMs), () => {
      disarm = null;
      const missed = Math.max(0, Math.floor((clock.monotonicMs() - dueAt) / intervalMs));
      dueAt += (missed + 1) * intervalMs;
      call();
    });
  }

  function restartBeat(): void {
    stopBeat();
    stopBeat = beats.eachSecond(beat);
    beat();
  }

  return () => {
    stopBeat();
    stopWatch();
    disarm?.();
  };
}

/** A run that is still going makes the next one be skipped. Its errors end here, in the log. */
function oneAtATime(run: () => Promise<void>, log: Logger): () => void {
  let isRunning = false;
  let skipped = 0;
  async function runOnce(): Promise<void> {
    isRunning = true;
    try {
      await run();
    } catch (error) {
      log.error({ error, reason: messageOf(error) }, 'scheduled run failed');
    } finally {
      isRunning = false;
    }
  }
  return () => {
    if (isRunning) {
      skipped += 1;
      log.warn({ skipped }, 'scheduled run skipped, the last one is still going');
    } else {
      void runOnce();
    }
  };
}
