/** The engine's recurring work: the scheduled check, the looks between checks, the end of a day. */
import type { Cancel } from '../ports/clock.ts';
import type { EngineDeps } from './deps.ts';
import { DISK_SECONDS } from './disk-guard.ts';
import type { Parts } from './parts.ts';
import { SENTINEL_SECONDS } from './sentinel.ts';

export interface Rhythm {
  start(): void;
  /** Takes up a changed interval of the check. */
  settingsChanged(): void;
  stop(): void;
}

/** While prices jump, marks that are not streamed are read this often. */
const VIOLENT_MARKS_SECONDS = 5;

export function createRhythm(deps: EngineDeps, parts: () => Parts): Rhythm {
  const { schedule, clock, notifier } = deps;
  const others: Cancel[] = [];
  let cancelCheck: Cancel = () => undefined;
  let checkSeconds = 0;
  let isDryRun = false;

  function scheduleCheck(): void {
    const seconds = parts().settings().monitor.poll_interval_sec;
    if (seconds === checkSeconds) return;
    checkSeconds = seconds;
    cancelCheck();
    cancelCheck = schedule.everySeconds(seconds, () => parts().cycle.run());
  }

  async function endDay(): Promise<void> {
    const statistics = parts().statistics.view();
    await parts().recorder.day(statistics);
    notifier.notify({ type: 'daily', at: clock.now(), statistics });
  }

  return {
    start() {
      const { sentinel, diskGuard, cycle, posture, settings } = parts();
      isDryRun = posture.isDryRun(settings());
      scheduleCheck();
      others.push(
        schedule.everySeconds(SENTINEL_SECONDS, async () => sentinel.look()),
        schedule.everySeconds(DISK_SECONDS, async () => void diskGuard.look()),
        schedule.everySeconds(VIOLENT_MARKS_SECONDS, () => cycle.readMarksIfViolent()),
        schedule.dailyAt('00:00', endDay),
      );
    },
    settingsChanged() {
      if (checkSeconds === 0) return;
      scheduleCheck();
      const { posture, settings, cycleNow } = parts();
      const wasDryRun = isDryRun;
      isDryRun = posture.isDryRun(settings());
      // What was only rehearsed so far is due now.
      if (wasDryRun && !isDryRun) cycleNow.request();
    },
    stop() {
      cancelCheck();
      for (const cancel of others.splice(0)) cancel();
    },
  };
}
