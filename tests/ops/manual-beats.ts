import { DAY_MS, SECOND_MS } from '../../src/core/time.ts';
import type { Beats } from '../../src/ops/beats.ts';
import type { Cancel } from '../../src/ports/clock.ts';
import type { ManualClock } from '../support/manual-clock.ts';

/**
 * Beats on a manual clock that behave like node-cron: each waits for the next whole second (or
 * moment of the day) of the wall clock, and after a step back it waits until that comes again.
 */
export class ManualBeats implements Beats {
  running = 0;

  constructor(readonly clock: ManualClock) {}

  eachSecond(call: () => void): Cancel {
    return this.#each(SECOND_MS, 0, call);
  }

  eachDay(hourUtc: number, minuteUtc: number, call: () => void): Cancel {
    return this.#each(DAY_MS, (hourUtc * 60 + minuteUtc) * 60 * SECOND_MS, call);
  }

  /** Time passes and nothing runs, as when the host sleeps or a computation hogs the process. */
  standStill(ms: number): void {
    const { clock } = this;
    const real = clock.monotonicMs.bind(clock);
    clock.monotonicMs = () => real() + ms;
  }

  #each(periodMs: number, phaseMs: number, call: () => void): Cancel {
    const { clock } = this;
    const nextAfter = (at: number) =>
      Math.floor((at - phaseMs) / periodMs) * periodMs + periodMs + phaseMs;
    let expectedAt = nextAfter(clock.now());
    let cancel = clock.after(expectedAt - clock.now(), wake);
    let isRunning = true;
    this.running += 1;
    function wake(): void {
      if (clock.now() >= expectedAt) {
        call();
        if (!isRunning) return;
        expectedAt = nextAfter(clock.now());
      }
      cancel = clock.after(expectedAt - clock.now(), wake);
    }
    return () => {
      cancel();
      if (isRunning) this.running -= 1;
      isRunning = false;
    };
  }
}
