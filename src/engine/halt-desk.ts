/**
 * Stops acting when the ground under a decision is gone, and says so once. A halt whose cause can
 * be seen to end is lifted by itself; the others wait for a person. All of them survive a restart.
 */
import { type Actor, SYSTEM_ACTOR } from '../core/actor.ts';
import { messageOf } from '../core/errors.ts';
import type { HaltCode } from '../core/halt-code.ts';
import type { Clock } from '../ports/clock.ts';
import type { Journal } from '../ports/journal.ts';
import type { Logger } from '../ports/logger.ts';
import type { Notifier } from '../ports/notifier.ts';
import { HALTS } from '../risk/index.ts';
import type { PostureKeeper } from './posture-keeper.ts';
import { RECORD } from './records.ts';

export interface HaltDeskDeps {
  readonly posture: PostureKeeper;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly notifier: Notifier;
  readonly log: Logger;
}

export class HaltDesk {
  readonly #deps: HaltDeskDeps;
  /** Causes seen at this moment; a person cannot lift a halt whose cause still holds. */
  readonly #present = new Set<HaltCode>();

  constructor(deps: HaltDeskDeps) {
    this.#deps = deps;
  }

  /** Reports whether a cause holds now; the halt follows from that. */
  report(code: HaltCode, holds: boolean): void {
    const { posture } = this.#deps;
    if (holds) this.#present.add(code);
    else this.#present.delete(code);
    if (holds && !posture.halts.has(code)) this.#halt(code);
    if (!holds && posture.halts.has(code) && !HALTS[code].needsPerson) {
      this.#lift(code, SYSTEM_ACTOR).catch((error: unknown) => this.#failed(error));
    }
  }

  async clear(by: Actor): Promise<'cleared' | 'not_halted' | 'holds'> {
    const { posture } = this.#deps;
    const waiting = [...posture.halts].filter((code) => HALTS[code].needsPerson);
    if (waiting.length === 0) return posture.halts.size === 0 ? 'not_halted' : 'holds';
    const over = waiting.filter((code) => !this.#present.has(code));
    let lifted = 0;
    for (const code of over) if (await this.#lift(code, by)) lifted += 1;
    return lifted === waiting.length ? 'cleared' : 'holds';
  }

  #halt(code: HaltCode): void {
    const { posture, journal, clock, notifier, log } = this.#deps;
    posture.halt(code);
    log.error({ code }, 'halted');
    journal
      .append({ type: RECORD.halted, body: { code } })
      .catch((error: unknown) => this.#failed(error));
    notifier.notify({ type: 'halted', at: clock.now(), active: true, reason: code });
  }

  /** False when the cause came back while the disk was busy: then the halt stays, on disk too. */
  async #lift(code: HaltCode, by: Actor): Promise<boolean> {
    const { posture, journal, clock, notifier } = this.#deps;
    await journal.append({ type: RECORD.haltCleared, body: { code, by } });
    if (this.#present.has(code)) {
      await journal.append({ type: RECORD.halted, body: { code } });
      return false;
    }
    posture.clearHalt(code);
    notifier.notify({ type: 'halted', at: clock.now(), active: false, reason: code });
    return true;
  }

  #failed(error: unknown): void {
    this.#deps.log.error({ reason: messageOf(error) }, 'the halt could not be written down');
  }
}
