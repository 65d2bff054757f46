/**
 * Recurring work on node-cron. One cron job ticks each second; what is due is judged by elapsed
 * time, so intervals that do not divide a minute keep their rhythm too.
 */
import { schedule as startCron } from 'node-cron';
import { messageOf } from '../core/errors.ts';
import { SECOND_MS } from '../core/time.ts';
import type { Cancel, Clock, Schedule } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';

const EVERY_SECOND = '* * * * * *';
/** A tick a little early still belongs to its second. */
const EARLY_MS = 200;

export function createSchedule(clock: Clock, log: Logger): Schedule {
  return {
    everySeconds(seconds, run) {
      const guarded = oneAtATime(run, log);
      // Cron ticks on whole seconds of the wall clock: start from there, not from in between.
      let dueAt = clock.monotonicMs() + seconds * SECOND_MS - (clock.now() % SECOND_MS);
      const task = startCron(EVERY_SECOND, () => {
        const now = clock.monotonicMs();
        if (now < dueAt - EARLY_MS) return;
        // Missed times are skipped, not made up for; the rhythm is kept.
        const behind = Math.floor((now - dueAt + EARLY_MS) / (seconds * SECOND_MS));
        dueAt += (behind + 1) * seconds * SECOND_MS;
        guarded();
      });
      return () => void task.destroy();
    },
    dailyAt(time, run): Cancel {
      const [hours, minutes] = time.split(':').map(Number);
      const task = startCron(`0 ${minutes} ${hours} * * *`, oneAtATime(run, log), {
        timezone: 'Etc/UTC',
      });
      return () => void task.destroy();
    },
  };
}

/** A run that is still going makes the next one be skipped. Its errors end here, in the log. */
function oneAtATime(run: () => Promise<void>, log: Logger): () => void {
  let isRunning = false;
  let skipped = 0;
  return () => {
    if (isRunning) {
      skipped += 1;
      log.warn({ skipped }, 'scheduled run skipped, the last one is still going');
      return;
    }
    isRunning = true;
    run()
      .catch((error) => log.error({ reason: messageOf(error) }, 'scheduled run failed'))
      .finally(() => {
        isRunning = false;
      });
  };
}
