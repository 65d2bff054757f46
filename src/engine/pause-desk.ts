/**
 * A person's pause of all writes. It counts from the very call and is written down right after;
 * ending it raises risk, so that is written down first.
 */
import { type Actor, SYSTEM_ACTOR } from '../core/actor.ts';
import { messageOf } from '../core/errors.ts';
import type { Cancel, Clock } from '../ports/clock.ts';
import type { Journal } from '../ports/journal.ts';
import type { Logger } from '../ports/logger.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { PostureKeeper } from './posture-keeper.ts';
import { RECORD } from './records.ts';

export interface PauseDeskDeps {
  readonly posture: PostureKeeper;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly notifier: Notifier;
  readonly log: Logger;
  /** Writes are allowed again: look at everything at once. */
  readonly onResumed: () => void;
}

/** A timer may not wait longer than this; the pause is looked at again then. */
const LOOK_MS = 3_600_000;

export class PauseDesk {
  readonly #deps: PauseDeskDeps;
  #cancel: Cancel = () => undefined;

  constructor(deps: PauseDeskDeps) {
    this.#deps = deps;
  }

  /** A pause of the last run goes on. */
  start(): void {
    this.#await();
  }

  stop(): void {
    this.#cancel();
  }

  async pause(until: number | null, by: Actor): Promise<void> {
    const { posture, journal, clock, notifier } = this.#deps;
    const since = clock.now();
    posture.setPause({ since, until, by });
    this.#await();
    await journal.append({ type: RECORD.paused, body: { since, until, by } });
    notifier.notify({ type: 'paused', at: since, active: true, until, by });
  }

  async resume(by: Actor): Promise<'resumed' | 'not_paused' | 'halted'> {
    const { posture, journal, clock, notifier, onResumed } = this.#deps;
    const { pause } = posture;
    if (!pause) return posture.mode === 'active' ? 'not_paused' : 'halted';
    await journal.append({ type: RECORD.resumed, body: { by } });
    // Somebody may have paused anew while the disk was busy: that pause stays.
    if (posture.pause !== pause) return 'not_paused';
    posture.setPause(null);
    this.#cancel();
    notifier.notify({ type: 'paused', at: clock.now(), active: false, until: null, by });
    onResumed();
    return 'resumed';
  }

  #await(): void {
    const { posture, clock, log } = this.#deps;
    this.#cancel();
    const until = posture.pause?.until ?? null;
    if (until === null) return;
    const leftMs = until - clock.now();
    this.#cancel = clock.after(Math.min(LOOK_MS, Math.max(0, leftMs)), () => {
      if (clock.now() < until) {
        this.#await();
        return;
      }
      this.resume(SYSTEM_ACTOR).catch((error: unknown) => {
        log.error({ reason: messageOf(error) }, 'the pause could not be ended');
      });
    });
  }
}
